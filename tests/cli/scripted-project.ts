import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import packageJson from "../../package.json" with { type: "json" };
import { onTerminal } from "../support/pseudoTerminal.ts";

const root = join(import.meta.dirname, "..", "..");
const version = packageJson.dependencies.pulumi;

/** What the scripted Pulumi does when it is asked something. */
export interface Answer {
  events?: EngineEvent[];
  stdout?: string;
  stderr?: string;
  code?: number;
  waitForSignal?: boolean;
  /** Its events can't be written: the disk of temporary files is full. */
  unheard?: boolean;
  /** Files that it writes, by path. */
  spoil?: Record<string, string>;
}

export interface Call {
  command?: string;
  args?: string[];
  passphrase?: string | null;
  /** Identity of the local Twilio that may stand in for the recorded one. */
  localTwilio?: string;
  /** "true" where the provider must not write. */
  readOnly?: string;
  signal?: string;
  ready?: boolean;
}

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

const emptyPreview: Answer = {
  events: [
    {
      sequence: 0,
      timestamp: 0,
      summaryEvent: { maybeCorrupt: false, durationSeconds: 0, resourceChanges: {}, policyPacks: {} },
    },
  ],
};

/** A project in a temporary folder whose Pulumi is a script. */
export class ScriptedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "flex-stack-"));
  readonly #script = join(this.folder, "script.json");

  /** One whose stack `dev` is on a local Twilio's account. @param settings More lines of its configuration. */
  static on(
    { url, accountSid, authToken }: { url: string; accountSid: string; authToken: string },
    settings = "",
  ): ScriptedProject {
    const project = new ScriptedProject(url);
    const account = `  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`;
    project.write("Pulumi.dev.yaml", `config:\n  twilio:endpoint: ${url}\n${account}${settings}`);
    project.answers({});
    return project;
  }

  constructor(endpoint: string) {
    this.write("package.json", JSON.stringify({ type: "module", dependencies: { pulumi: version } }));
    this.write("Pulumi.yaml", "name: flex-messaging\nruntime: nodejs\nbackend:\n  url: file://.\n");
    this.write("Pulumi.dev.yaml", `config:\n  twilio:endpoint: ${endpoint}\n`);
    this.write("Pulumi.prod.yaml", "config:\n  flex-messaging:protect: true\n");
    const bin = join(this.folder, "home", "versions", version, "bin");
    mkdirSync(bin, { recursive: true });
    copyFileSync(join(import.meta.dirname, "scripted-pulumi.mjs"), join(bin, "pulumi"));
    chmodSync(join(bin, "pulumi"), 0o755);
    this.write(`home/versions/${version}/bin/package.json`, '{"type":"module"}');
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /**
   * Sets what Pulumi answers from now on, and forgets what it was asked. Unless it is set, there is no stack, and a
   * preview finds nothing. What `stack export` prints is put into the file of the state, too, which is read there.
   */
  answers(answers: Record<string, Answer>, { keepState = false } = {}): void {
    rmSync(`${this.#script}.log`, { force: true });
    const script = { version, preview: emptyPreview, "stack ls": { stdout: "[]" }, ...answers };
    writeFileSync(this.#script, JSON.stringify(script));
    if (!keepState) this.#record(answers["stack export"]?.stdout);
  }

  /** Puts an exported state where Pulumi keeps those of both stacks; absent, there is none. */
  #record(exported: string | undefined): void {
    const folder = join(this.folder, ".pulumi", "stacks", "flex-messaging");
    rmSync(folder, { recursive: true, force: true });
    if (exported === undefined) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "..", "..", "meta.yaml"), "version: 1\n");
    for (const stack of ["dev", "prod"]) {
      const ofStack = exported.replaceAll(/urn:pulumi:[^:]+::/g, `urn:pulumi:${stack}::`);
      const { deployment: latest = {} } = JSON.parse(ofStack) as { deployment?: object };
      const text = JSON.stringify({ version: 3, checkpoint: { stack, latest } });
      writeFileSync(join(folder, `${stack}.json`), text);
    }
  }

  /** What Pulumi was asked, in order. */
  calls(): Call[] {
    const log = `${this.#script}.log`;
    if (!existsSync(log)) return [];
    return readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Call);
  }

  /** Starts `flex-stack` in the project. */
  start(
    words: readonly string[],
    env: Record<string, string> = {},
  ): { child: ChildProcess; ended: Promise<CliResult> } {
    const child = spawn(process.execPath, [join(root, "cli", "main.ts"), ...words], {
      cwd: this.folder,
      env: this.#env(env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const result: CliResult = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (result.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (result.stderr += text));
    const ended = new Promise<CliResult>((resolve) =>
      child.on("close", (code) => resolve({ ...result, code })),
    );
    return { child, ended };
  }

  /**
   * Runs `flex-stack` on a pseudo terminal, and types each answer when its question is there.
   * Both streams are one there.
   */
  async onTerminal(
    words: readonly string[],
    conversation: readonly [asked: RegExp, typed: string][],
    more: Record<string, string> = {},
    columns = 0,
  ): Promise<CliResult> {
    const { CI: _, ...env } = this.#env({ TERM: "xterm", ...more });
    const command = [process.execPath, join(root, "cli", "main.ts"), ...words];
    const { code, shown } = await onTerminal({ command, cwd: this.folder, env, columns, conversation });
    return { code, stdout: shown, stderr: "" };
  }

  async run(...words: string[]): Promise<CliResult> {
    return this.start(words).ended;
  }

  #env(more: Record<string, string>): NodeJS.ProcessEnv {
    const { PULUMI_CONFIG_PASSPHRASE: _, PULUMI_BACKEND_URL: __, ...inherited } = process.env;
    return {
      ...inherited,
      PULUMI_HOME: join(this.folder, "home"),
      SCRIPTED_PULUMI: this.#script,
      NO_COLOR: "1",
      ...more,
    };
  }

  /** Resolves when Pulumi was asked or did what the condition looks for. */
  async until(condition: (call: Call) => boolean): Promise<void> {
    while (!this.calls().some(condition)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
