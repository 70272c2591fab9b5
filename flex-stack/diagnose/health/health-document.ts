import type { Block, Document, Item, Tone } from "../../report/document.ts";
import { advice } from "../diagnosis-document.ts";
import type { Checked, Health } from "./health.ts";
import { healthVerdict } from "./verdict.ts";

const looks: Readonly<Record<Checked["state"], readonly [mark: string, tone: Tone]>> = {
  broken: ["✗", "danger"],
  unknown: ["?", "warning"],
  ok: ["✓", "good"],
};

/** The health of a set-up as a report: the verdict, then what is broken and what to do, then what is in order. */
export function healthDocument(health: Health, stack: string): Document {
  const { checks, cut, calls, result } = health;
  const order = Object.keys(looks);
  const sorted = checks.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  return {
    kind: "health",
    title: `Health of the messaging set-up, stack ${stack}`,
    blocks: [
      { kind: "paragraph", text: [{ strong: healthVerdict(health) }], tone: looks[result][1] },
      { kind: "list", items: sorted.map(checkItem) },
      ...sorted.flatMap(({ name, problems }): Block[] =>
        problems.length === 0
          ? []
          : [
              {
                kind: "section",
                title: [name],
                blocks: problems.flatMap((problem): Block[] => [
                  { kind: "paragraph", text: [problem.sentence] },
                  advice(problem),
                ]),
              },
            ],
      ),
      {
        kind: "paragraph",
        text: [[...cut, `${calls} API calls, reading only.`].join(" ")],
        tone: "muted",
      },
    ],
  };
}

function checkItem({ name, state, sentence, problems }: Checked): Item {
  const [mark, tone] = looks[state];
  const found = problems.length === 0 ? sentence : `${problems.length} found`;
  return { text: [{ strong: name }, `: ${found}`], mark, tone };
}
