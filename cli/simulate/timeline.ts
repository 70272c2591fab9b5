import { oneLine } from "../../flex-stack/failure/safe-text.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";
import type { ToldEntry } from "../../flex-stack/simulate/index.ts";

/**
 * What happened, one line each: when, in which part, what, and which resource came of it; under the first line about a
 * message what it says.
 */
export function timeline(entries: readonly ToldEntry[], terminal: Styled): string[] {
  const width = Math.max(...entries.map(({ stage }) => stage.length), 0);
  const indent = " ".repeat(width + 13);
  let told: string | null = null;
  return entries.flatMap(({ time, stage, text, sid, code, body }) => {
    const failed = code !== null;
    const mark = failed ? terminal.style("red", "✗") : terminal.style("green", "✓");
    const said = failed && code > 0 ? `${text} (${code})` : text;
    const resource = sid === null || text.includes(sid) ? "" : `  ${terminal.style("dim", sid)}`;
    const line = `${terminal.style("dim", time.slice(11, 19))} ${mark} ${stage.padEnd(width)}  ${said}${resource}`;
    // The same text goes from hand to hand.
    if (body === null || body === "" || body === told) return [line];
    told = body;
    return [line, `${indent}${terminal.style("cyan", `“${oneLine(body)}”`)}`];
  });
}
