import { oneLine } from "../../flex-stack/failure/safe-text.ts";
import type { Style, Styled } from "../../flex-stack/ports/dialogue.ts";
import { adviceText } from "./diagnosis-text.ts";
import { healthVerdict, type Health } from "../../flex-stack/diagnose/index.ts";

/** A line for each check, its problems under it, and how many there are. */
export function healthText({ checks, cut, calls }: Health, terminal: Styled): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const indent = " ".repeat(width + 5);
  const lines = checks.flatMap(({ name, state, sentence, problems }) => {
    const mark =
      state === "ok"
        ? terminal.style("green", "✓")
        : state === "broken"
          ? terminal.style(["red", "bold"], "✗")
          : terminal.style("yellow", "?");
    const [first, ...others] = problems;
    const begin = `${mark}  ${name.padEnd(width)}  `;
    if (first === undefined) return [begin + oneLine(sentence)];
    return [
      begin + oneLine(first.sentence),
      ...adviceText(first).map((line) => indent + line),
      ...others.flatMap((problem) => [
        indent + oneLine(problem.sentence),
        ...adviceText(problem).map((line) => indent + line),
      ]),
    ];
  });
  return [
    ...lines,
    "",
    summary(checks, terminal),
    ...cut.map((sentence) => terminal.style("yellow", sentence)),
    terminal.style("dim", `${calls} API calls.`),
  ];
}

function summary(checks: Health["checks"], terminal: Styled): string {
  const states = checks.map(({ state }) => state);
  const style: Style = states.includes("broken")
    ? ["red", "bold"]
    : states.includes("unknown")
      ? "yellow"
      : "green";
  return terminal.style(style, healthVerdict({ checks }));
}
