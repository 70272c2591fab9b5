import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import packageJson from "../../package.json" with { type: "json" };
import { hosted } from "../support/hosted.ts";
import type { Inputs } from "./case.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const version = packageJson.dependencies.pulumi;

/** One resource of a program. */
export interface Declaration {
  name: string;
  token: string;
  inputs: Inputs;
  /** Pulumi id of an existing resource to import. */
  import?: string;
  /** Looks a resource up, by these inputs, instead of declaring one. */
  lookUp?: boolean;
  /** Further resource options, for example `{ ignoreChanges: ["friendlyName"] }`. */
  options?: object;
}

/** What a stack has otherwise than usual. */
export interface StackOptions {
  /** Configuration by key, for example `{ "twilio:maxRetries": "2" }`; `undefined` leaves one out. */
  config?: { [key: string]: string | undefined };
  env?: { [name: string]: string | undefined };
  /** @default "test" */
  name?: string;
}

/** What an operation did, or would do, to a resource. */
export interface Step {
  /** `create`, `update`, `replace`, `delete`, `import` …; those that do nothing are left out. */
  op: string;
  /** The properties that differ, as Pulumi writes paths. */
  paths: string[];
}

export interface Outcome {
  code: number;
  /** By name in the program. */
  steps: { [name: string]: Step };
  /** Warnings and errors, and what the provider has to say. */
  messages: string[];
  /** Everything Pulumi printed, for messages of failing tests. */
  output: string;
}

/** A resource as the state has it. */
export interface Resource {
  id: string;
  inputs: { [name: string]: unknown };
  outputs: { [name: string]: unknown };
  /** Why the resource is not complete. */
  initErrors?: string[];
}

/** A Pulumi stack in a folder of its own, whose program is a list of declarations. */
export class TestStack {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #name: string;

  constructor(
    { url, accountSid, authToken }: { url: string; accountSid: string; authToken: string },
    { config = {}, env = {}, name = "test" }: StackOptions = {},
  ) {
    this.#name = name;
    this.#folder = mkdtempSync(join(tmpdir(), "provider-stack-"));
    const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
    this.#env = {
      ...process.env,
      PATH: [
        join(home, "versions", version, "bin"),
        join(root, "node_modules", ".bin"),
        process.env["PATH"],
      ].join(delimiter),
      PULUMI_BACKEND_URL: this.backend,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Shows the option that writes an operation's events to a file.
      PULUMI_DEBUG_COMMANDS: "true",
      TEST_PROGRAM: join(this.#folder, "program.json"),
      TWILIO_AUTH_TOKEN: authToken,
      ...env,
    };
    this.#write(
      "Pulumi.yaml",
      [
        "name: lifecycle",
        "runtime: { name: nodejs, options: { typescript: false } }",
        "packages:",
        `  twilio: ${JSON.stringify(join(root, "provider"))}`,
      ].join("\n"),
    );
    this.configure({ "twilio:endpoint": url, "twilio:accountSid": accountSid, ...config });
    this.#write("package.json", JSON.stringify({ type: "module", main: "index.js" }));
    const program = fileURLToPath(new URL("program.ts", import.meta.url));
    this.#write("index.js", `export * from ${JSON.stringify(pathToFileURL(program).href)};\n`);
    symlinkSync(join(root, "node_modules"), join(this.#folder, "node_modules"));
  }

  async init(): Promise<this> {
    const { code, output } = await this.#pulumi(["stack", "init", this.#name]);
    if (code !== 0) throw new Error(output);
    return this;
  }

  /** Sets the whole configuration of the stack. */
  configure(config: { [key: string]: string | undefined }): void {
    const lines = Object.entries(config).flatMap(([key, value]) =>
      value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`],
    );
    const salt = /^encryptionsalt: .*$/m.exec(this.#read(`Pulumi.${this.#name}.yaml`))?.[0] ?? "";
    this.#write(`Pulumi.${this.#name}.yaml`, [salt, "config:", ...lines].join("\n"));
  }

  /** Where its state is; other stacks can be there, too. */
  get backend(): string {
    return pathToFileURL(this.#folder).href;
  }

  /** The state as it is on disk, in its own backend. */
  stateText(): string {
    return this.#read(join(".pulumi", "stacks", "lifecycle", `${this.#name}.json`));
  }

  /** Removes the folder, whatever became of the resources. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  up(program: readonly Declaration[], ...options: string[]): Promise<Outcome> {
    return this.#operation("up", program, ["--yes", "--skip-preview", ...options]);
  }

  preview(program: readonly Declaration[], ...options: string[]): Promise<Outcome> {
    return this.#operation("preview", program, options);
  }

  /** What the engine says of `pulumi refresh --preview-only`: its events as they were written. */
  async previewRefresh(): Promise<object[]> {
    await this.#operation("refresh", [], ["--preview-only"]);
    return this.#events();
  }

  /** `pulumi stack export`. */
  async export(...options: string[]): Promise<string> {
    return (await this.#pulumi(["stack", "export", "--stack", this.#name, ...options])).output;
  }

  destroy(...options: string[]): Promise<Outcome> {
    return this.#operation("destroy", [], ["--yes", "--skip-preview", ...options]);
  }

  /** `pulumi import` of all at once. */
  async import(resources: readonly { name: string; type: string; id: string }[]): Promise<Outcome> {
    this.#write("import.json", JSON.stringify({ resources }));
    const { code, output } = await this.#pulumi([
      ...["import", "--file", join(this.#folder, "import.json"), "--yes", "--skip-preview"],
      ...["--generate-code=false", "--protect=false", "--stack", this.#name],
    ]);
    return { code, output, steps: {}, messages: [] };
  }

  /** The resources in the stack's state, by name. */
  resources(): { [name: string]: Resource } {
    return Object.fromEntries(
      this.#state()
        .filter(({ urn, custom }) => custom && !urn.includes("pulumi:providers:"))
        .map((resource) => [nameOf(resource.urn), resource]),
    );
  }

  /** What the program's look-ups found, by name. */
  lookUps(): { [name: string]: { [property: string]: unknown } } {
    const stack = this.#state().find(({ urn }) => urn.includes("::pulumi:pulumi:Stack::"));
    return (stack?.outputs["lookUps"] ?? {}) as { [name: string]: { [property: string]: unknown } };
  }

  #state(): (Resource & { urn: string; custom: boolean })[] {
    const state = JSON.parse(this.stateText()) as {
      checkpoint: { latest?: { resources?: (Resource & { urn: string; custom: boolean })[] } };
    };
    return state.checkpoint.latest?.resources ?? [];
  }

  async #operation(command: string, program: readonly Declaration[], options: string[]): Promise<Outcome> {
    this.#write("program.json", JSON.stringify(program));
    const log = this.#eventLog;
    rmSync(log, { force: true });
    const { code, output } = await this.#pulumi([
      ...[command, "--stack", this.#name, "--event-log", log, "--diff", ...options],
    ]);
    const events = this.#events();
    return { code, output, steps: stepsIn(events), messages: messagesIn(events) };
  }

  get #eventLog(): string {
    return join(this.#folder, "events.log");
  }

  #events(): EngineEvent[] {
    return existsSync(this.#eventLog) ? readEvents(readFileSync(this.#eventLog, "utf8")) : [];
  }

  async #pulumi(args: string[]): Promise<{ code: number; output: string }> {
    if (args[0] === "stack") return this.#run(args, this.#env);
    const [{ code, output }, printed] = await hosted(this.#folder, this.#env, (variables) =>
      this.#run(args, { ...this.#env, ...variables }),
    );
    return { code, output: `${output}\n${printed}` };
  }

  #run(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn("pulumi", [...args, "--non-interactive"], {
        cwd: this.#folder,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      }
      child.once("error", reject);
      child.once("close", (code) => resolve({ code: code ?? 1, output }));
    });
  }

  #write(name: string, content: string): void {
    writeFileSync(join(this.#folder, name), content);
  }

  /** "" for a file that is not there. */
  #read(name: string): string {
    const file = join(this.#folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }
}

interface EngineEvent {
  diagnosticEvent?: { message: string; severity: string };
  resourcePreEvent?: { metadata: { op: string; urn: string; type: string; detailedDiff?: object | null } };
}

/** Operations that change nothing, and the parts of a replacement that its `replace` stands for. */
const silent = new Set([
  "same",
  "refresh",
  "read",
  "create-replacement",
  "delete-replaced",
  "read-replacement",
]);

const readEvents = (log: string): EngineEvent[] =>
  log
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EngineEvent);

const messagesIn = (events: readonly EngineEvent[]): string[] =>
  events.flatMap(({ diagnosticEvent: event }) =>
    event === undefined || event.severity === "debug" ? [] : [plain(event.message).trim()],
  );

/** Without the markers that Pulumi's display turns into colors. */
const plain = (text: string): string => text.replaceAll(/<\{%.*?%\}>/g, "");

function stepsIn(events: readonly EngineEvent[]): { [name: string]: Step } {
  const steps: { [name: string]: Step } = {};
  for (const { resourcePreEvent } of events) {
    const { metadata } = resourcePreEvent ?? {};
    if (metadata === undefined || silent.has(metadata.op) || metadata.type.startsWith("pulumi:")) continue;
    steps[nameOf(metadata.urn)] = {
      op: metadata.op,
      paths: Object.keys(metadata.detailedDiff ?? {}).sort(),
    };
  }
  return steps;
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
