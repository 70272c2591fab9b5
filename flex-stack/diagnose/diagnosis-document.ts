import type { Block, Document, Text, Tone } from "../report/document.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { stepTitles, type Finding, type Problem, type State } from "./finding.ts";

const badges: Readonly<Record<State, readonly [badge: string, tone: Tone]>> = {
  ok: ["✓", "good"],
  waiting: ["…", "warning"],
  broken: ["✗", "danger"],
  unknown: ["?", "warning"],
  skipped: ["–", "muted"],
};

/** A diagnosis as a report for a ticket. */
export function diagnosisDocument(diagnosis: Diagnosis, stack: string): Document {
  const { findings, verdict, problem, result, cut, calls } = diagnosis;
  const tone: Tone = result === "broken" ? "danger" : result === "unknown" ? "warning" : "good";
  return {
    kind: "diagnosis",
    title: `Diagnosis of a message, stack ${stack}`,
    blocks: [
      { kind: "paragraph", text: [{ strong: verdict }], tone },
      ...(problem === undefined ? [] : [advice(problem)]),
      {
        kind: "table",
        head: ["", "Step", "Time (UTC)", "Found", "Resources"],
        rows: findings.map((finding) => ({ cells: cellsOf(finding) })),
      },
      ...findings.flatMap(more),
      { kind: "paragraph", text: [[...cut, `${calls} API calls, reading only.`].join(" ")], tone: "muted" },
    ],
  };
}

function cellsOf({ state, step, at, sentence, sids = [] }: Finding): readonly Text[] {
  const [badge, tone] = badges[state];
  return [
    [{ badge, tone }],
    [step],
    [at === undefined ? "" : at.toISOString().slice(0, 19).replace("T", " ")],
    [sentence],
    sids.flatMap((sid, index): Text => [...(index > 0 ? [" "] : []), { code: sid }]),
  ];
}

/** What to do about a problem. */
export function advice({ fix, page, command }: Problem): Block {
  return {
    kind: "list",
    items: [
      { text: [{ strong: "Fix: " }, fix] },
      ...(command === undefined ? [] : [{ text: [{ strong: "Command: " }, { command }] }]),
      ...(page === undefined ? [] : [{ text: [{ strong: "Console: " }, { page }] }]),
    ],
  };
}

function more({ step, details = [], remarks = [] }: Finding): Block[] {
  const blocks: Block[] = [];
  if (details.length > 0)
    blocks.push({
      kind: "details",
      summary: [stepTitles[step]],
      blocks: [{ kind: "lines", text: details.join("\n") }],
    });
  if (remarks.length > 0)
    blocks.push({
      kind: "list",
      items: remarks.map((remark) => ({
        text: [`${step}: ${remark.sentence} ${remark.fix}`],
        tone: "warning",
      })),
    });
  return blocks;
}
