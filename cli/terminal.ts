import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** Where output goes. Tests give one that collects lines. */
export interface Terminal {
  /** Somebody watches stdout: progress may move. */
  readonly live: boolean;
  /** Somebody can answer a question. */
  readonly interactive: boolean;
  /** Width of the window in characters. */
  readonly columns: number;
  /** One or more whole lines to stdout. */
  print(text?: string): void;
  /** One or more whole lines to stderr. */
  complain(text: string): void;
  /** Text with colour, where stdout shows colours (NO_COLOR and FORCE_COLOR are honoured). */
  style(style: Style, text: string): string;
  /** The answer to a question, without white space around it. Rejects when there is none. */
  ask(question: string, signal?: AbortSignal): Promise<string>;
}

/** The terminal of this process. CI logs are no terminal, even where they pretend to be. */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const live = process.stdout.isTTY === true && !env["CI"] && env["TERM"] !== "dumb";
  return {
    live,
    interactive: live && process.stdin.isTTY === true,
    get columns() {
      return process.stdout.columns ?? 80;
    },
    print: (text = "") => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
    style: (style, text) => styleText(style, text, { stream: process.stdout }),
    ask: async (question, signal) => {
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      // The terminal is in raw mode while it asks: Ctrl-C and Ctrl-D arrive as keys.
      lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
      const closed = new Promise<never>((_, reject) => {
        lines.on("close", () => reject(new Error("Nobody answered.")));
      });
      try {
        return (await Promise.race([lines.question(question, { signal }), closed])).trim();
      } catch (error) {
        // Aborted, readline has ended the line itself.
        if (!signal?.aborted) process.stdout.write("\n");
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}
