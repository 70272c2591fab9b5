import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasOwnProviderAlone } from "../host/hostable.ts";
import { hosting } from "../host/preview-host.ts";
import { parseEndpoint, type Endpoint } from "../local-twilio/endpoint.ts";
import { backendUrl, isFileBackend, withoutSidecars } from "../project/backend.ts";
import { requireFittingConfig } from "../project/config-size.ts";
import { passphraseVariables } from "../project/passphrase.ts";
import { findProjectFolder, requireStackFile } from "../project/project.ts";
import { configValue, readSettings, type Settings } from "../project/settings.ts";
import { readExport } from "../state/export.ts";
import { givenPassphrase } from "../state/secrets.ts";
import { fileState, type StackPlace } from "../state/file-state.ts";
import { journalFile } from "../state/interrupted.ts";
import { readDeployment, type DeployedResource } from "../state/deployment.ts";
import { findInstallation, searchPath } from "../pulumi/installation.ts";
import { pulumiFailure } from "../pulumi/pulumi-failure.ts";
import { PulumiExit, PulumiProcess, type PulumiResult } from "../pulumi/pulumi-process.ts";
import { StackEngine } from "../pulumi/stack-engine.ts";

export interface SessionOptions {
  stack: string;
  /** The project's folder or one inside it. */
  cwd: string;
}

/** One stack of one project, with everything that is needed to run Pulumi on it. */
export interface StackSession {
  name: string;
  projectFolder: string;
  settings: Settings;
  backend: string;
  /** Where the state is. */
  place: StackPlace;
  /** Where the provider notes what it is about to make. */
  journal: string;
  /** Whether our provider is the only one of the project, as far as its files tell. */
  readonly ownProviderAlone: boolean;
  /** `twilio:endpoint`; without one the stack is provisioned at Twilio. */
  endpoint: Endpoint | undefined;
  /** The endpoint is on this machine. */
  local: boolean;
  pulumi: PulumiProcess;
  /** Runs Pulumi in the project with the session's environment. @throws PulumiExit */
  runPulumi(...words: string[]): Promise<PulumiResult>;
  /** What the state holds; `undefined` when the stack does not exist yet. */
  deployed(): Promise<DeployedResource[] | undefined>;
  /** The state as Pulumi exports it, secrets encrypted; `undefined` when the stack does not exist yet. */
  exportState(): Promise<string | undefined>;
  /** Puts an exported state in the place of the present one, without what it has as begun. */
  importState(text: string): Promise<void>;
  create(): Promise<void>;
  /** Takes the protection of resources, by URN, out of the state; they can then be deleted. */
  unprotect(urns: readonly string[]): Promise<void>;
  /** Takes all of it out of the state, and touches nothing at Twilio. */
  forget(): Promise<void>;
  /** Sets an environment variable for Pulumi and what it starts. */
  setVariable(name: string, value: string): void;
  /** The passphrase that Pulumi opens the stack's secrets with; undefined where there is none. */
  passphrase(): string | undefined;
  /** Runs Pulumi's engine on the stack, which must exist. */
  engine: StackEngine;
}

/** Finds project, Pulumi and stack, and checks what can be checked without the state. */
export async function openSession(options: SessionOptions): Promise<StackSession> {
  const projectFolder = findProjectFolder(options.cwd);
  requireStackFile(projectFolder, options.stack);
  const installation = findInstallation(projectFolder);
  const pulumi = new PulumiProcess(installation);
  const env: Record<string, string> = {
    PATH: searchPath(installation, projectFolder),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // With organization and project where they were given: the provider looks at what the stack records.
    PULUMI_STACK: options.stack,
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(projectFolder, ".local", "compile-cache"),
  };
  const { stack: name } = options;
  const settings = readSettings(projectFolder, name);
  requireFittingConfig(settings, name);
  const backend = backendUrl(settings.project);
  const address = configValue(settings, "twilio:endpoint");
  const endpoint = address === undefined ? undefined : parseEndpoint(address, name);
  const place: StackPlace = { backend, projectFolder, project: settings.project.name, stack: name };
  const journal = journalFile(place);
  env["TWILIO_JOURNAL"] = journal;
  if (isFileBackend(backend)) env["PULUMI_BACKEND_URL"] = withoutSidecars(backend);
  const local = endpoint?.loopback === true;
  Object.assign(env, passphraseVariables({ stack: name, settings: settings.stack, backend, local }));

  const run = (...args: string[]) => pulumi.run(args, projectFolder, env);
  const change = async (...args: string[]): Promise<void> => {
    try {
      await run(...args);
    } catch (error) {
      throw error instanceof PulumiExit ? pulumiFailure(error, name) : error;
    }
  };
  const exportState = async (): Promise<string | undefined> => {
    const state = fileState(place);
    if (state) return readExport(state);
    try {
      return (await run("stack", "export", "--stack", name)).stdout;
    } catch (error) {
      if (!(error instanceof PulumiExit)) throw error;
      if (/no stack named/.test(error.result.stderr)) return undefined;
      throw pulumiFailure(error, name);
    }
  };
  return {
    name,
    projectFolder,
    settings,
    backend,
    place,
    journal,
    get ownProviderAlone() {
      return hasOwnProviderAlone(projectFolder, settings.project);
    },
    endpoint,
    local,
    pulumi,
    runPulumi: run,
    deployed: async () => {
      const text = await exportState();
      return text === undefined ? undefined : readDeployment(text);
    },
    exportState,
    importState: async (text) => {
      const folder = mkdtempSync(join(tmpdir(), "flex-stack-"));
      try {
        const file = join(folder, "state.json");
        writeFileSync(file, text, { mode: 0o600 });
        await change("stack", "import", "--file", file, "--stack", name);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    create: () => change("stack", "init", name, "--no-select"),
    unprotect: async (urns) => {
      if (urns.length > 0) await change("state", "unprotect", ...urns, "--yes", "--stack", name);
    },
    forget: () => change("state", "delete", "--all", "--force", "--yes", "--stack", name),
    setVariable: (variable, value) => {
      env[variable] = value;
    },
    passphrase: () => givenPassphrase({ ...process.env, ...env }),
    engine: new StackEngine(pulumi, {
      stack: name,
      projectFolder,
      env,
      ...hosting({ projectFolder, project: settings.project, backend, env }),
    }),
  };
}
