import type { Block, Document } from "../../report/document.ts";
import { advice } from "../diagnosis-document.ts";
import type { Health } from "./health.ts";

/** The health of a set-up as a report. */
export function healthDocument({ checks, cut, calls, result }: Health, stack: string): Document {
  return {
    kind: "health",
    title: `Health of the messaging set-up, stack ${stack}`,
    blocks: [
      {
        kind: "list",
        items: checks.map(({ name, state, sentence, problems }) => ({
          text: [
            { strong: `${state === "ok" ? "✓" : state === "broken" ? "✗" : "?"} ${name}` },
            `: ${problems.length === 0 ? sentence : `${problems.length} found`}`,
          ],
          tone: state === "ok" ? "good" : state === "broken" ? "danger" : "warning",
        })),
      },
      ...checks.flatMap(({ name, problems }): Block[] =>
        problems.length === 0
          ? []
          : [
              {
                kind: "section",
                title: [name],
                blocks: problems.flatMap((problem): Block[] => [
                  { kind: "paragraph", text: [problem.sentence], tone: "danger" },
                  advice(problem),
                ]),
              },
            ],
      ),
      {
        kind: "paragraph",
        text: [[...cut, `${calls} API calls, reading only.`].join(" ")],
        tone: result === "ok" ? "good" : "muted",
      },
    ],
  };
}
