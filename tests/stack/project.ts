import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, jest } from "@jest/globals";
import { dump, load } from "js-yaml";
import type twilio from "twilio";
import { startEmulator, type Emulator, type Exchange } from "../../emulator/index.ts";
import { createConformance } from "../conformance/validator.ts";
import { hosted } from "../support/hosted.ts";
import { localTwilio } from "../support/localTwilio.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A stack's configuration: what stands under `config` in its file. */
export type StackConfig = Record<string, unknown>;

/** What a Pulumi command said and how it ended. */
export interface Outcome {
  code: number | null;
  stdout: string;
  /** Standard output and error, for messages. */
  output: string;
}

/** What a preview or an update does to one resource. */
export interface Step {
  op: string;
  /** Name of the resource. */
  name: string;
  /** Changed properties. */
  changed: string[];
}

/** The stack `dev` of a Pulumi project, on a local Twilio of its own, with state and configuration of its own. */
export interface TestStack {
  readonly client: ReturnType<typeof twilio>;
  /** The local Twilio itself. */
  readonly emulator: Emulator;
  /** What Twilio was asked since `forget`. */
  readonly exchanges: Exchange[];
  /** Changes the configuration of the following commands. */
  configure(change: (config: StackConfig) => void): Promise<void>;
  /** Runs `pulumi` with these arguments. */
  pulumi(...args: string[]): Promise<Outcome>;
  /** Runs `pulumi up` and gives what it did, without what stayed the same; throws when it fails. */
  up(...args: string[]): Promise<Step[]>;
  /** Runs `pulumi preview` and gives what it would do, without what stays the same. */
  preview(...args: string[]): Promise<Step[]>;
  /** Runs `pulumi destroy` and gives what it did; throws when it fails. */
  destroy(...args: string[]): Promise<Step[]>;
  /** The same by Pulumi alone, which starts program and provider in a process each; otherwise they share one. */
  readonly alone: Pick<TestStack, "up" | "preview" | "destroy">;
  outputs(): Promise<Record<string, unknown>>;
}

/**
 * Provides a test file with such a stack; `folder` is the project's, from the root of the repository, `file` the
 * local Twilio's database. Every exchange is judged by Twilio's OpenAPI documents; a violation fails the file.
 */
export function useStack(folder = ".", { file = ":memory:" }: { file?: string } = {}): TestStack {
  // Each command takes seconds, more on a busy machine.
  jest.setTimeout(180_000);
  const cwd = join(root, folder);
  const exchanges: Exchange[] = [];
  const conformance = createConformance();
  let started: { emulator: Emulator; client: TestStack["client"]; home: string } | undefined;
  const get = () => {
    if (started === undefined) throw new Error("The stack is only there while tests run");
    return started;
  };
  const configFile = () => join(get().home, "Pulumi.dev.yaml");

  const stack: TestStack = {
    exchanges,
    get client() {
      return get().client;
    },
    get emulator() {
      return get().emulator;
    },
    async configure(change) {
      const settings = load(await readFile(configFile(), "utf8")) as { config: StackConfig };
      change(settings.config);
      await writeFile(configFile(), dump(settings));
    },
    pulumi: (...args) => run(["--non-interactive", ...args], cwd, variables()),
    ...operations(async (...args) => {
      const [outcome, printed] = await hosted(cwd, variables(), (more) =>
        run(["--non-interactive", ...args], cwd, { ...variables(), ...more }),
      );
      return { ...outcome, output: `${outcome.output}\n${printed}` };
    }),
    alone: operations((...args) => stack.pulumi(...args)),
    async outputs() {
      return JSON.parse((await stack.pulumi("stack", "output", "--json", "--stack", "dev")).stdout) as Record<
        string,
        unknown
      >;
    },
  };

  function variables(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}`,
      PULUMI_BACKEND_URL: `file://${get().home}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // A preview reports events as an update does, not one document at the end.
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
      NO_COLOR: "1",
    };
  }

  function operations(pulumi: TestStack["pulumi"]): TestStack["alone"] {
    const changing = async (command: string, ...args: string[]): Promise<Step[]> => {
      const place = ["--stack", "dev", "--config-file", configFile(), "--json"];
      const outcome = await pulumi(command, ...place, ...args);
      if (outcome.code !== 0) {
        const reasons = diagnostics(outcome).join("\n") || outcome.output;
        throw new Error(`pulumi ${command} ended with ${outcome.code}:\n${reasons}`);
      }
      return steps(outcome);
    };
    return {
      up: (...args) => changing("up", "--yes", "--skip-preview", ...args),
      preview: (...args) => changing("preview", ...args),
      destroy: (...args) => changing("destroy", "--yes", ...args),
    };
  }

  beforeAll(async () => {
    const emulator = await startEmulator({
      file,
      port: 0,
      onExchange: (exchange) => {
        exchanges.push(exchange);
        conformance.onExchange(exchange);
      },
    });
    const home = await mkdtemp(join(tmpdir(), "stack-"));
    started = { emulator, client: localTwilio(emulator), home };
    await writeFile(configFile(), await readFile(join(cwd, "Pulumi.dev.yaml"), "utf8"));
    await stack.configure((config) => (config["twilio:endpoint"] = emulator.url));
    const init = await stack.pulumi("stack", "init", "dev");
    if (init.code !== 0) throw new Error(init.output);
  }, 60_000);

  afterAll(async () => {
    await started?.emulator.close();
    if (started) await rm(started.home, { recursive: true });
    conformance.assertConforms();
  });

  return stack;
}

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const outcome: Outcome = { code: null, stdout: "", output: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      outcome.stdout += chunk.toString();
      outcome.output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => (outcome.output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...outcome, code }));
  });
}

/** What the engine reports, one JSON per line; only what is looked at here. */
interface EngineEvent {
  resourcePreEvent?: {
    metadata: { op: string; urn: string; detailedDiff?: Record<string, unknown> | null };
  };
  diagnosticEvent?: { severity: string; message: string };
}

function events(stdout: string): EngineEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as EngineEvent);
}

function steps({ stdout }: Outcome): Step[] {
  return events(stdout)
    .flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? [])
    .filter(({ op }) => op !== "same" && op !== "read" && op !== "refresh")
    .map(({ op, urn, detailedDiff }) => ({
      op,
      name: urn.slice(urn.lastIndexOf("::") + 2),
      changed: Object.keys(detailedDiff ?? {}).sort(),
    }));
}

/** Errors and warnings of a command that ran with --json. */
function diagnostics({ stdout }: Outcome): string[] {
  return events(stdout).flatMap(({ diagnosticEvent }) =>
    diagnosticEvent === undefined || diagnosticEvent.severity === "debug"
      ? []
      : `${diagnosticEvent.severity}: ${diagnosticEvent.message.trim()}`,
  );
}
