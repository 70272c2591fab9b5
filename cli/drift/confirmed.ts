import type { Terminal } from "../terminal.ts";

/** Asks; true when the answer is yes. */
export async function confirmed(question: string, terminal: Terminal): Promise<boolean> {
  const answer = await terminal.ask(`\n${question} Type yes to go on: `).catch(() => "");
  return answer.toLowerCase() === "yes";
}
