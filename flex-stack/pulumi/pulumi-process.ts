import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { Failure } from "../failure/failure.ts";
import { endWithUs } from "./end-with-us.ts";
import type { Installation } from "./installation.ts";

export interface PulumiResult {
  code: number;
  stdout: string;
  stderr: string;
  /** What ended it from outside. */
  signal?: NodeJS.Signals;
}

/** Pulumi ended with another exit code than 0. */
export class PulumiExit extends Error {
  override readonly name = "PulumiExit";
  readonly result: PulumiResult;

  constructor(result: PulumiResult) {
    super(result.stderr.trim() || `pulumi ended with exit code ${result.code}`);
    this.result = result;
  }
}

/** Commands that run the engine; options for Pulumi itself go to these. */
const engineCommands: ReadonlySet<string> = new Set(["up", "preview", "destroy", "refresh"]);

/**
 * Runs the Pulumi CLI. The Automation API's own runner loses the exit code, and lets the terminal's Ctrl-C reach Pulumi
 * as well as us, so that one Ctrl-C arrives twice and kills instead of stopping.
 */
export class PulumiProcess {
  readonly #installation: Installation;
  readonly #running = new Set<ChildProcess>();
  /** Options given verbatim to commands that run the engine. */
  extraOptions: readonly string[] = [];

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  /** It runs at this moment. */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  async run(
    options: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
  ): Promise<PulumiResult> {
    const extra = engineCommands.has(options[0] ?? "") ? this.extraOptions : [];
    const child = spawn(this.#installation.binary, [...options, ...extra, "--non-interactive"], {
      cwd,
      env: { ...process.env, ...env, PULUMI_AUTOMATION_API: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own: Ctrl-C reaches us alone, and we pass it on once.
      detached: process.platform !== "win32",
    });
    if (engineCommands.has(options[0] ?? "")) endWithUs(child);
    this.#running.add(child);
    const result: PulumiResult = { code: 0, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      result.stderr += text;
    });
    try {
      Object.assign(result, await ending(child));
    } catch (error) {
      throw broken(this.#installation, error);
    } finally {
      this.#running.delete(child);
    }
    if (result.code !== 0) throw new PulumiExit(result);
    return result;
  }

  /** Asks Pulumi to finish what it is doing and to start nothing more; asked twice, to stop at once. */
  interrupt(): void {
    for (const child of this.#running) child.kill("SIGINT");
  }

  /** Ends Pulumi and whatever it started. */
  kill(): void {
    for (const child of this.#running) {
      if (child.pid === undefined) continue;
      try {
        process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
      } catch {
        // It ended on its own in the meantime.
      }
    }
  }
}

function ending(child: ChildProcess): Promise<Pick<PulumiResult, "code" | "signal">> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve(signal ? { code: 128 + constants.signals[signal], signal } : { code: code ?? 1 }),
    );
  });
}

function broken({ root }: Installation, error: unknown): Failure {
  return new Failure({
    what: "The installed Pulumi does not run.",
    why: error instanceof Error ? error.message.split("\n")[0] : String(error),
    fix: `Remove ${root} and run npm run setup.`,
    cause: error,
  });
}
