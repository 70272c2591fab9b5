import type { Style, Terminal } from "../terminal.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { stepNames, type Finding, type Problem, type State } from "./finding.ts";

type Styled = Pick<Terminal, "style">;

const marks: Readonly<Record<State, readonly [mark: string, style: Style]>> = {
  ok: ["✓", "green"],
  waiting: ["…", "yellow"],
  broken: ["✗", ["red", "bold"]],
  unknown: ["?", "yellow"],
  skipped: ["–", "dim"],
};

const nameWidth = Math.max(...stepNames.map((name) => name.length));
const indent = " ".repeat(nameWidth + 14);

/** One line for each step, then the first cause, what to do, and what it cost. */
export function diagnosisText(diagnosis: Diagnosis, terminal: Styled): string[] {
  const { findings, result, verdict, problem, calls } = diagnosis;
  const tone: Style = result === "broken" ? ["red", "bold"] : result === "unknown" ? "yellow" : "green";
  return [
    ...findings.flatMap((finding) => findingText(finding, terminal)),
    "",
    terminal.style(tone, verdict),
    ...(problem === undefined ? [] : adviceText(problem)),
    terminal.style("dim", `${calls} API calls. Times are UTC.`),
  ];
}

function findingText(finding: Finding, terminal: Styled): string[] {
  const [mark, style] = marks[finding.state];
  const time = finding.at === undefined ? " ".repeat(8) : finding.at.toISOString().slice(11, 19);
  const sids = (finding.sids ?? []).filter((sid) => !finding.sentence.includes(sid));
  const line = [
    terminal.style(style, mark),
    finding.step.padEnd(nameWidth),
    terminal.style("dim", time),
    finding.state === "skipped" ? terminal.style("dim", finding.sentence) : finding.sentence,
    ...(sids.length === 0 ? [] : [terminal.style("dim", sids.join(" "))]),
  ].join("  ");
  return [
    line,
    ...(finding.details ?? []).map((detail) => terminal.style("dim", `${indent}${detail}`)),
    ...(finding.remarks ?? []).map(
      (remark) => `${indent}${terminal.style("yellow", "!")} ${remark.sentence}`,
    ),
  ];
}

/** What to do about a problem, indented under it. */
export function adviceText({ fix, page, command }: Problem): string[] {
  return [
    `  fix:     ${fix}`,
    ...(command === undefined ? [] : [`  command: ${command}`]),
    ...(page === undefined ? [] : [`  console: ${page}`]),
  ];
}
