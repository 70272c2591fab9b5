import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { dump, load } from "js-yaml";

const root = join(import.meta.dirname, "..", "..");

export interface Outcome {
  code: number | null;
  /** Both streams. */
  output: string;
}

/** A checkout as a workflow has it, whose stack dev is on the local Twilio at an address. */
export class Checkout {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(endpoint: string): Promise<Checkout> {
    const checkout = new Checkout(await mkdtemp(join(tmpdir(), "checkout-")));
    const { folder } = checkout;
    const shared = [
      "node_modules",
      "policy",
      "provider",
      "components",
      "config",
      "routing",
      "secrets",
      "index.ts",
      "flows",
    ];
    for (const path of shared) await symlink(join(root, path), join(folder, path));
    for (const file of ["package.json", "Pulumi.yaml", "Pulumi.dev.yaml"])
      await copyFile(join(root, file), join(folder, file));
    await mkdir(join(folder, "bin"));
    await writeFile(
      join(folder, "bin", "npm"),
      `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, "npm.mjs")}" "$@"\n`,
    );
    await chmod(join(folder, "bin", "npm"), 0o755);
    await checkout.configure((config) => (config["twilio:endpoint"] = endpoint));
    return checkout;
  }

  /** Changes the configuration of the stack dev. */
  async configure(change: (config: Record<string, unknown>) => void): Promise<void> {
    const file = join(this.folder, "Pulumi.dev.yaml");
    const settings = load(await readFile(file, "utf8")) as { config: Record<string, unknown> };
    change(settings.config);
    await writeFile(file, dump(settings));
  }

  /** Runs the shell line of a workflow's step, as a runner does. */
  run(line: string, env: Record<string, string> = {}): Promise<Outcome> {
    const child = spawn("bash", ["-e", "-c", line], {
      cwd: this.folder,
      env: {
        ...process.env,
        ...{ STACK: "dev", NO_COLOR: "1", CI: "true", PULUMI_BACKEND_URL: `file://${this.folder}` },
        PATH: [join(this.folder, "bin"), process.env["PATH"]].join(delimiter),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const outcome: Outcome = { code: null, output: "" };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (outcome.output += text));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ ...outcome, code }));
    });
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
