import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { endWithUs } from "./end-with-us.ts";

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
 * Runs the Pulumi CLI. Stands in for the Automation API's own runner, which
 * loses the exit code, and which lets the terminal's Ctrl-C reach Pulumi as
 * well as us, so that one Ctrl-C arrives twice and kills instead of stopping.
 */
export class PulumiProcess {
  readonly #binary: string;
  readonly #running = new Set<ChildProcess>();
  /** Options given verbatim to commands that run the engine. */
  extraOptions: readonly string[] = [];

  constructor(binary: string) {
    this.#binary = binary;
  }

  /** It runs at this moment. */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** The Automation API's command, run by this instead. */
  adapt(command: PulumiCommand): PulumiCommand {
    return Object.assign(command, { run: this.run.bind(this) });
  }

  async run(
    options: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
  ): Promise<PulumiResult> {
    const extra = engineCommands.has(options[0] ?? "") ? this.extraOptions : [];
    const child = spawn(this.#binary, [...options, ...extra, "--non-interactive"], {
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
      onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      result.stderr += text;
      onError?.(text);
    });
    try {
      Object.assign(result, await ending(child));
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
