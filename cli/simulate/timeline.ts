import type { Styled } from "../../flex-stack/ports/dialogue.ts";
import type { JourneyEntry } from "../../flex-stack/simulate/index.ts";

/** What happened, one line each: when, in which part, what, and which resource came of it. */
export function timeline(entries: readonly JourneyEntry[], terminal: Styled): string[] {
  const width = Math.max(...entries.map(({ stage }) => stage.length), 0);
  return entries.map(({ time, stage, text, sid, code }) => {
    const failed = code !== null;
    const mark = failed ? terminal.style("red", "✗") : terminal.style("green", "✓");
    const said = failed && code > 0 ? `${text} (${code})` : text;
    const resource = sid === null || text.includes(sid) ? "" : `  ${terminal.style("dim", sid)}`;
    return `${terminal.style("dim", time.slice(11, 19))} ${mark} ${stage.padEnd(width)}  ${said}${resource}`;
  });
}
