import { main } from "../../cli/main.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

/** A terminal that keeps the lines written to it, and on which nobody answers. */
export function collect(): { terminal: Dialogue; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Dialogue = {
    live: false,
    interactive: false,
    columns: 80,
    print: (text = "") => void out.push(text),
    complain: (text) => void err.push(text),
    style: (_, text) => text,
    ask: () => Promise.reject(new Error("Nobody to ask.")),
  };
  return { terminal, out, err };
}

/** Runs a command of flex-stack in this process, in the folder of this project. */
export async function flexStack(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, out, err } = collect();
  const code = await main(words, terminal);
  return { code, out: out.join("\n"), err: err.join("\n") };
}
