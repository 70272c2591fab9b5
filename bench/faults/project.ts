import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ended {
  code: number | null;
  output: string;
}

/** A copy of this project with a state, an account and a port of its own. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "faults-"));
  readonly port: number;

  constructor(port: number) {
    this.port = port;
    for (const linked of ["node_modules", "policy", "provider"])
      symlinkSync(join(root, linked), join(this.folder, linked));
    for (const file of ["package.json", "Pulumi.yaml"]) cpSync(join(root, file), join(this.folder, file));
    writeFileSync(
      join(this.folder, "index.ts"),
      `export * from ${JSON.stringify(pathToFileURL(join(root, "index.ts")).href)};\n`,
    );
    this.configure((text) => text);
  }

  /** The configuration of dev, changed, on this project's port. */
  configure(change: (text: string) => string): void {
    const text = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");
    const placed = change(text).replace("http://127.0.0.1:4100", `http://127.0.0.1:${this.port}`);
    writeFileSync(join(this.folder, "Pulumi.dev.yaml"), placed);
  }

  /** Where the account is kept, as `flex-stack up` itself keeps it. */
  get database(): string {
    return join(this.folder, ".local", "twilio.db");
  }

  get state(): string {
    return join(this.folder, ".pulumi", "stacks", "flex-messaging", "dev.json");
  }

  get locks(): string {
    return join(this.folder, ".pulumi", "locks", "organization", "flex-messaging", "dev");
  }

  /** Keeps state and account as they are. @returns the folder to restore them from */
  save(): string {
    const kept = mkdtempSync(join(tmpdir(), "faults-kept-"));
    for (const part of [".pulumi", ".local"])
      cpSync(join(this.folder, part), join(kept, part), { recursive: true });
    return kept;
  }

  restore(kept: string | undefined): void {
    for (const part of [".pulumi", ".local"]) {
      rmSync(join(this.folder, part), { recursive: true, force: true });
      if (kept !== undefined) cpSync(join(kept, part), join(this.folder, part), { recursive: true });
    }
    mkdirSync(join(this.folder, ".local"), { recursive: true });
  }

  /** Starts `flex-stack`, which is the child itself. */
  start(...words: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const { PULUMI_BACKEND_URL: _, PULUMI_CONFIG_PASSPHRASE: __, ...env } = process.env;
    const cache = join(root, "node_modules", ".cache", "node-compile");
    const child = spawn(
      join(root, "node_modules", ".bin", "node"),
      ["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), ...words],
      {
        cwd: this.folder,
        env: { ...env, NO_COLOR: "1", NODE_COMPILE_CACHE: cache },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let output = "";
    const hear = (text: string): void => void (output += text);
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    const ended = new Promise<Ended>((resolve) =>
      child.on("exit", (code) => setTimeout(() => resolve({ code, output }), 20)),
    );
    return { child, ended };
  }

  run(...words: string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
