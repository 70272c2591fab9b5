import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import type { Talk, ToldEntry } from "../../flex-stack/simulate/index.ts";
import { putBackText } from "./put-back-text.ts";
import { timeline } from "./timeline.ts";

/** Refuses to talk where nobody can answer. */
export function requireTerminal({ interactive }: Dialogue): void {
  if (interactive) return;
  throw new Failure({
    what: "--interactive needs a terminal to talk on.",
    fix: "Leave it out, and say with --body and --reply what the customer writes.",
    exitCode: ExitCode.usage,
  });
}

/**
 * Has somebody write as the customer, and as the agent who has the conversation, until there is nothing more to say.
 *
 * @param first What the customer writes first; asked for where absent.
 */
export async function talkOn(
  talk: Talk,
  { name, first }: { name: string; first: string | undefined },
  terminal: Dialogue,
  signal: AbortSignal,
): Promise<void> {
  const show = (entries: readonly ToldEntry[]): void => {
    for (const line of timeline(entries, terminal)) terminal.print(line);
  };
  const ask = (who: string): Promise<string> =>
    terminal.ask(`${terminal.style("bold", `${who}:`)} `, signal).catch(() => "");
  for (const worker of talk.putBack) terminal.print(putBackText(worker));
  terminal.print("Nothing but Enter ends it for the customer, and has the agent complete.");
  for (let text = first ?? (await ask(name)); text !== ""; text = await ask(name)) {
    const { entries, agent, problem } = await talk.say(text);
    show(entries);
    if (problem !== undefined) terminal.print(problem);
    const answer = agent === undefined ? "" : await ask(agent);
    if (answer !== "") show(await talk.answer(answer));
  }
  if (!signal.aborted) show(await talk.end());
}
