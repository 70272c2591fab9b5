import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { measure, type Measured } from "./measure.ts";

/** Where dev has its local Twilio. */
const local = "http://127.0.0.1:4100/_emulator";

/** A checkout that is set up, and a project of its own that runs by it. */
export class Checkout {
  readonly root: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "bench-"));

  /** @param files Of the project, by name. */
  constructor(root: string, files: Readonly<Record<string, string>>) {
    this.root = root;
    for (const linked of ["node_modules", "policy", "provider"])
      symlinkSync(join(root, linked), join(this.#folder, linked));
    cpSync(join(root, "package.json"), join(this.#folder, "package.json"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
    mkdirSync(join(this.#folder, ".local"));
  }

  /** Runs `flex-stack`. */
  run(...words: string[]): Promise<Measured> {
    const command = [this.#node, join(this.root, "cli", "flex-stack.js"), ...words];
    return measure(command, { cwd: this.#folder, env: environment() });
  }

  /** Starts a local Twilio in a process of its own. */
  async startEmulator(): Promise<LocalTwilio> {
    const child = spawn(this.#node, [join(this.root, "cli", "flex-stack.js"), "emulator"], {
      cwd: this.#folder,
      env: environment(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: child.stdout }))
      if (line.startsWith("Local Twilio:")) break;
    return new LocalTwilio(child);
  }

  /** Forgets account and state. */
  empty(): void {
    for (const name of [".local", ".pulumi"])
      rmSync(join(this.#folder, name), { recursive: true, force: true });
    mkdirSync(join(this.#folder, ".local"));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #node(): string {
    return join(this.root, "node_modules", ".bin", "node");
  }
}

export class LocalTwilio {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Has each answer come so many milliseconds later. */
  async slow(milliseconds: number): Promise<void> {
    const body = JSON.stringify({ latency: milliseconds });
    const headers = { "Content-Type": "application/json" };
    const { ok } = await fetch(`${local}/faults`, { method: "POST", headers, body });
    if (!ok) throw new Error("The local Twilio does not become slow.");
  }

  /** Requests that it was sent so far. */
  async requests(): Promise<number> {
    const { total } = (await (await fetch(`${local}/requests?limit=1`)).json()) as { total: number };
    return total;
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await once(this.#child, "exit");
  }
}

function environment(): NodeJS.ProcessEnv {
  const { PULUMI_BACKEND_URL: _, PULUMI_CONFIG_PASSPHRASE: __, ...env } = process.env;
  return { ...env, NO_COLOR: "1" };
}
