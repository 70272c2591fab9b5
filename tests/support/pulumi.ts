import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pulumiBin = join(
  process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"),
  "versions",
  "3.250.0",
  "bin",
);

/** What one run of Pulumi did, or would do. */
export interface Run {
  /** By operation, how many resources of the provider: `{ create: 3, same: 1 }`. */
  readonly counts: { [operation: string]: number };
  /** What happens to each resource of the provider, by name. */
  readonly steps: { [name: string]: Step };
  /** Messages, as the user sees them, warnings and errors included. */
  readonly messages: string[];
  readonly outputs: { [name: string]: unknown };
  /** Set when the run failed. */
  readonly error?: Error;
}

export interface Step {
  op: string;
  /** By property path, what the provider's detailed diff says: `{ friendlyName: "update" }`. */
  diff: { [path: string]: string };
  id: string | undefined;
}

export interface ProjectOptions {
  /** Configuration of the stack, for example `{ "twilio:endpoint": "http://…" }`. */
  config?: { [key: string]: string };
  env?: { [name: string]: string };
}

/**
 * A Pulumi project of its own in a temporary folder, with a file backend and this repository's provider.
 * Programs are functions that run in this process.
 */
export class Project {
  readonly folder: string;
  readonly #options: ProjectOptions;
  #stack: Stack | undefined;

  constructor(options: ProjectOptions = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "twilio-project-"));
    this.#options = options;
    writeFileSync(
      join(this.folder, "Pulumi.yaml"),
      ["name: test", "runtime: nodejs", "packages:", `  twilio: ${join(root, "provider")}`, ""].join("\n"),
    );
  }

  async up(program: PulumiFn): Promise<Run> {
    return this.#run(program, (stack, onEvent) => stack.up({ onEvent }));
  }

  /** `refresh: true` looks for drift first, as `pulumi preview --refresh` does. */
  async preview(program: PulumiFn, options: { refresh?: boolean } = {}): Promise<Run> {
    return this.#run(program, (stack, onEvent) => stack.preview({ onEvent, ...options }));
  }

  async refresh(): Promise<Run> {
    return this.#run(
      async () => ({}),
      (stack, onEvent) => stack.refresh({ onEvent }),
    );
  }

  async destroy(): Promise<Run> {
    return this.#run(
      async () => ({}),
      (stack, onEvent) => stack.destroy({ onEvent }),
    );
  }

  /** `pulumi import`, without generating code. */
  async import(resources: { type: string; name: string; id: string }[]): Promise<Run> {
    return this.#run(
      async () => ({}),
      (stack) => stack.import({ resources, protect: false, generateCode: false }),
    );
  }

  /** The stack's state, secrets encrypted as on disk. */
  async state(): Promise<{ resources: StateResource[]; text: string }> {
    const { deployment } = await (await this.stack(async () => ({}))).exportStack();
    const { resources = [] } = deployment as { resources?: StateResource[] };
    return { resources, text: JSON.stringify(deployment) };
  }

  async stack(program: PulumiFn): Promise<Stack> {
    if (this.#stack === undefined) {
      this.#stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "dev", projectName: "test", program },
        { workDir: this.folder, envVars: this.#environment() },
      );
      const config = Object.entries(this.#options.config ?? {}).map(
        ([key, value]) => [key, { value }] as const,
      );
      if (config.length > 0) await this.#stack.setAllConfig(Object.fromEntries(config));
    }
    this.#stack.workspace.program = program;
    return this.#stack;
  }

  /** Removes the folder. What the program made stays with the local Twilio. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(): { [name: string]: string } {
    return {
      PULUMI_BACKEND_URL: `file://${this.folder}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_OPTION_COLOR: "never",
      PATH: [pulumiBin, join(root, "node_modules", ".bin"), process.env["PATH"]].join(delimiter),
      ...this.#options.env,
    };
  }

  async #run(
    program: PulumiFn,
    work: (stack: Stack, onEvent: (event: EngineEvent) => void) => Promise<unknown>,
  ): Promise<Run> {
    const events: EngineEvent[] = [];
    const stack = await this.stack(program);
    let error: Error | undefined;
    let outputs = {};
    try {
      const result = await work(stack, (event) => events.push(event));
      outputs = plainOutputs(result);
    } catch (caught) {
      error = caught as Error;
    }
    return { ...summarize(events), outputs, ...(error && { error }) };
  }
}

export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: { [name: string]: unknown };
  outputs?: { [name: string]: unknown };
  initErrors?: string[];
}

function plainOutputs(result: unknown): { [name: string]: unknown } {
  const { outputs = {} } = (result ?? {}) as { outputs?: { [name: string]: { value: unknown } } };
  return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output.value]));
}

/** The steps of the provider's resources; Pulumi's own and component resources left out. */
function summarize(events: readonly EngineEvent[]): Pick<Run, "counts" | "steps" | "messages"> {
  const steps: { [name: string]: Step } = {};
  const counts: { [operation: string]: number } = {};
  for (const { resourcePreEvent } of events) {
    const metadata = resourcePreEvent?.metadata;
    if (metadata === undefined || !metadata.type.startsWith("twilio:")) continue;
    const name = metadata.urn.slice(metadata.urn.lastIndexOf("::") + 2);
    counts[metadata.op] = (counts[metadata.op] ?? 0) + 1;
    // A refresh comes before what it leads to.
    steps[name] = {
      op: metadata.op,
      diff: Object.fromEntries(
        Object.entries(metadata.detailedDiff ?? {}).map(([path, { diffKind }]) => [path, String(diffKind)]),
      ),
      id: metadata.new?.id ?? metadata.old?.id,
    };
  }
  const messages = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent === undefined || String(diagnosticEvent.severity) === "debug"
      ? []
      : [diagnosticEvent.message.trim()],
  );
  return { counts, steps, messages };
}
