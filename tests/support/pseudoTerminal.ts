import { spawn } from "node:child_process";
import headless from "@xterm/headless";

export interface OnTerminal {
  /** A program and its arguments, as they are. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Width in characters; 0 is a terminal that does not know it. @default 0 */
  readonly columns?: number;
  /** What is typed once something was shown. */
  readonly conversation?: readonly (readonly [asked: RegExp, typed: string])[];
}

/** Runs a program on a pseudo terminal, and types each answer when its question is there. Both streams are one there. */
export function onTerminal(options: OnTerminal): Promise<{ code: number | null; shown: string }> {
  const { command, cwd, env, columns = 0, conversation = [] } = options;
  const size = columns > 0 ? `stty columns ${columns} rows 40; ` : "";
  const words = `${size}exec ${command.map(quoted).join(" ")}`;
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", words, "/dev/null"], {
    cwd,
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const open = [...conversation];
  let shown = "";
  let heard = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const match = open[0]?.[0].exec(shown.slice(heard));
    if (!match) return;
    heard += match.index + match[0].length;
    child.stdin.write(open.shift()?.[1] ?? "");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, shown }));
  });
}

/**
 * What somebody can read, and copy, of what was written to a terminal of that width, once all of it is written: its lines
 * from the first to the last that is not empty, those that the terminal itself went on with in the next row as one.
 */
export async function readable(written: string, columns: number): Promise<string[]> {
  const terminal = new headless.Terminal({
    cols: columns,
    rows: 40,
    scrollback: 100_000,
    allowProposedApi: true,
  });
  await new Promise<void>((resolve) => terminal.write(written, resolve));
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let row = 0; row < active.length; row++) {
    const line = active.getLine(row);
    if (line === undefined) continue;
    const goesOn = active.getLine(row + 1)?.isWrapped === true;
    const text = line.translateToString(!goesOn);
    if (line.isWrapped) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  terminal.dispose();
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1).map((line) => line.trimEnd());
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
