import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

/**
 * The terminal of this process: lines go to stdout, complaints to stderr; NO_COLOR and FORCE_COLOR are honoured. CI logs
 * are no terminal, even where they pretend to be.
 */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Dialogue {
  const live = process.stdout.isTTY === true && !env["CI"] && env["TERM"] !== "dumb";
  return {
    live,
    interactive: live && process.stdin.isTTY === true,
    get columns() {
      // Some terminals, such as those of CI, have none.
      return process.stdout.columns || 80;
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
