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
  readonly #small: boolean;

  /** @param small A program of a few resources in place of this project's, for a look that takes seconds. */
  constructor(port: number, small = false) {
    this.port = port;
    this.#small = small;
    for (const linked of ["node_modules", "policy", "provider"])
      symlinkSync(join(root, linked), join(this.folder, linked));
    cpSync(join(root, "package.json"), join(this.folder, "package.json"));
    const project = readFileSync(join(root, "Pulumi.yaml"), "utf8");
    writeFileSync(join(this.folder, "Pulumi.yaml"), small ? project.replace(/^config:[^]*/m, "") : project);
    const program = `export * from ${JSON.stringify(pathToFileURL(join(root, "index.ts")).href)};\n`;
    writeFileSync(join(this.folder, "index.ts"), small ? smallProgram : program);
    this.configure((text) => text);
  }

  /** The configuration of dev, changed, on this project's port. */
  configure(change: (text: string) => string): void {
    const text = this.#small ? smallSettings : readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");
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

/** Names that are not unique at Twilio, something taken over, and something below it. */
const smallProgram = `import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";

const edited = new pulumi.Config("flex-messaging").getBoolean("edited") === true;
const chat = new twilio.chat.Service("chat", { friendlyName: "Chat", limits: { channelMembers: edited ? 50 : 60 } });
const common = { serviceSid: chat.sid, type: "channel", permissions: ["leaveChannel"] } as const;
new twilio.chat.Role("auditor", { ...common, friendlyName: "auditor" });
new twilio.chat.Role(edited ? "later" : "sooner", { ...common, friendlyName: edited ? "later" : "sooner" });
const workspace = new twilio.taskrouter.Workspace("workspace", {
  friendlyName: "Flex Task Assignment",
  adopt: true,
  eventCallbackUrl: edited ? "https://example.com/b" : "https://example.com/a",
});
new twilio.taskrouter.TaskQueue("queue", { workspaceSid: workspace.sid, friendlyName: "Queue" });
`;

const smallSettings = `config:
  twilio:accountSid: AC10ca1000000000000000000000000000
  twilio:authToken: local-twilio
  twilio:endpoint: http://127.0.0.1:4100
encryptionsalt: v1:OaJrRUgUcJ4=:v1:9Pkyriwu0J2Rlfw/:ik4gSFdMSxFMgXQI3Rz16zDeQF+w0A==
`;
