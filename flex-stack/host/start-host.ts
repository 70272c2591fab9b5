import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure/failure.ts";

/** The language host of one preview, in a process of its own. */
export interface Host {
  /** Of loopback. */
  readonly port: number;
  /**
   * Whether a plan that Pulumi saves of the preview has all that the program asked for; undefined until the program has
   * ended.
   */
  readonly plansAll: boolean | undefined;
  /**
   * Ends it, and settles when all of what it printed was heard.
   *
   * @returns that it had ended before, by itself or from outside
   */
  close(): Promise<Failure | undefined>;
}

export interface HostOptions {
  readonly projectFolder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Hears each line that the program prints, or what runs beside it. */
  onLine(stream: "stdout" | "stderr", line: string): void;
}

/** @throws Failure when it does not start */
export async function startHost({ projectFolder, env, onLine }: HostOptions): Promise<Host> {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  // What a program fails with is told; that Pulumi's SDK came late to look at a promise of it is no news.
  const quiet = ["ExperimentalWarning", "PromiseRejectionHandledWarning"].map(
    (name) => `--disable-warning=${name}`,
  );
  const child = spawn(process.execPath, [...quiet, main], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"] as const,
    // Ctrl-C is for us: what runs ends with the preview.
    detached: process.platform !== "win32",
  });
  lines(child.stdout as Readable, (line) => onLine("stdout", line));
  lines(child.stderr as Readable, (line) => onLine("stderr", line));
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let plansAll: boolean | undefined;
  const port = await new Promise<number>((resolve, reject) => {
    child.on("message", ({ port: found, program }: Message) => {
      if (found !== undefined) resolve(found);
      if (program !== undefined) plansAll = !program.beyondPlan;
    });
    child.once("error", (error) => reject(notStarted(error.message)));
    child.once("exit", (code, signal) => reject(notStarted(`It ended with ${signal ?? `code ${code}`}.`)));
  });
  return {
    port,
    get plansAll() {
      return plansAll;
    },
    close: async () => {
      // Told to end, a program that did not come to its end has a code of its own.
      const gone = child.exitCode !== null;
      if (child.connected) child.send("end", () => undefined);
      await closed;
      const { exitCode, signalCode } = child;
      return gone || signalCode !== null ? endedEarly(signalCode ?? `code ${exitCode}`) : undefined;
    },
  };
}

function notStarted(why: string): Failure {
  return new Failure({
    what: "The process that runs the program of a preview did not start.",
    why,
    fix: "Run it again. With -- --debug, Pulumi runs the program by itself.",
  });
}

function endedEarly(by: string): Failure {
  return new Failure({
    what: "The process that runs the program of a preview ended before the preview did.",
    why: `It ended with ${by}: somebody ended it, the machine ran out of memory, or the program did so itself.`,
    fix: "Run it again. With -- --debug, Pulumi runs the program by itself, and tells more.",
  });
}

/** What the process tells. */
interface Message {
  readonly port?: number;
  readonly program?: { readonly beyondPlan: boolean };
}

function lines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) onLine(part);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
