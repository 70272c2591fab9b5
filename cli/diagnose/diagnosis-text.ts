import { oneLine } from "../../flex-stack/failure/safe-text.ts";
import type { Style, Styled } from "../../flex-stack/ports/dialogue.ts";
import {
  stepNames,
  type Diagnosis,
  type Finding,
  type Problem,
  type State,
} from "../../flex-stack/diagnose/index.ts";

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
  const { findings, result, verdict, problem, cut, calls } = diagnosis;
  const tone: Style = result === "broken" ? ["red", "bold"] : result === "unknown" ? "yellow" : "green";
  return [
    ...findings.flatMap((finding) => findingText(finding, terminal, problem)),
    "",
    terminal.style(tone, oneLine(verdict)),
    ...(problem === undefined ? [] : adviceText(problem)),
    ...cut.map((sentence) => terminal.style("yellow", sentence)),
    terminal.style("dim", `${calls} API calls. Times are UTC.`),
  ];
}

/** @param first The problem that is told of at length at the end. */
function findingText(finding: Finding, terminal: Styled, first: Problem | undefined): string[] {
  const [mark, style] = marks[finding.state];
  const sentence = oneLine(finding.sentence);
  const time = finding.at === undefined ? " ".repeat(8) : finding.at.toISOString().slice(11, 19);
  const sids = (finding.sids ?? []).filter((sid) => !finding.sentence.includes(sid));
  const line = [
    terminal.style(style, mark),
    finding.step.padEnd(nameWidth),
    terminal.style("dim", time),
    finding.state === "skipped" ? terminal.style("dim", sentence) : sentence,
    ...(sids.length === 0 ? [] : [terminal.style("dim", sids.join(" "))]),
  ].join("  ");
  return [
    line,
    ...(finding.details ?? []).map((detail) => terminal.style("dim", indent + oneLine(detail))),
    ...(finding.problem?.command === first?.command ? [] : commandText(finding.problem)),
    ...(finding.remarks ?? []).flatMap((remark) => [
      `${indent}${terminal.style("yellow", "!")} ${oneLine(remark.sentence)}`,
      ...commandText(remark),
    ]),
  ];
}

function commandText(problem: Problem | undefined): string[] {
  return problem?.command === undefined ? [] : [`${indent}  command: ${oneLine(problem.command)}`];
}

/** What to do about a problem, indented under it. */
export function adviceText({ fix, page, command }: Problem): string[] {
  return [
    `  fix:     ${oneLine(fix)}`,
    ...(command === undefined ? [] : [`  command: ${oneLine(command)}`]),
    ...(page === undefined ? [] : [`  console: ${oneLine(page)}`]),
  ];
}
