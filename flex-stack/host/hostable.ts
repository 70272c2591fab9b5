import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProjectSettings } from "@pulumi/pulumi/automation/index.js";

/** The provider that runs beside the program. */
const ownProvider = realpathSync(new URL("../../provider", import.meta.url));

/** Options of Pulumi for whoever wants to hear all, or to have a program run otherwise. */
export const asksForMore =
  /^(--(debug|verbose|logtostderr|logflow|attach-debugger|tracing|config-file|client)\b|-[dv])/;

/** A project, and the options that its preview gives Pulumi itself. */
export interface Previewed {
  readonly projectFolder: string;
  readonly project: ProjectSettings;
  readonly pulumiOptions: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Whether a project can be previewed in one process: its program is run by Node.js as it is, with no provider but ours, and at
 * most one policy pack. Where anything else is asked for, Pulumi's own language host does what it always does.
 */
export function isHostable({ projectFolder, project, pulumiOptions, env = process.env }: Previewed): boolean {
  const debugs = [
    "PULUMI_DEBUG_LANGUAGES",
    "PULUMI_DEBUG_PROVIDERS",
    "PULUMI_DEBUG_PROMISE_LEAKS",
    "TRACEPARENT",
  ];
  if (debugs.some((name) => env[name])) return false;
  if (pulumiOptions.some((option) => asksForMore.test(option))) return false;
  const packs = pulumiOptions.filter((option) => /^--policy-pack(=|$)/.test(option));
  return packs.length <= 1 && runsAsItIs(project) && hasOwnProviderAlone(projectFolder, project);
}

function runsAsItIs({ runtime }: ProjectSettings): boolean {
  if (typeof runtime !== "object" || runtime.name !== "nodejs") return false;
  const { typescript, ...others } = runtime.options ?? {};
  return typescript === false && Object.keys(others).length === 0;
}

function hasOwnProviderAlone(projectFolder: string, project: ProjectSettings): boolean {
  const { packages = {}, plugins } = project as { packages?: Record<string, unknown>; plugins?: unknown };
  const places = Object.values(packages);
  const isOurs = (place: unknown): boolean =>
    typeof place === "string" && realPath(join(projectFolder, place)) === ownProvider;
  return plugins === undefined && places.every(isOurs) && providersOf(projectFolder).length === 0;
}

/** Packages that the project's own depends on, and that need a provider from Pulumi's registry. */
function providersOf(projectFolder: string): string[] {
  const root = packageFolder(projectFolder);
  const { dependencies = {}, devDependencies = {} } = manifest(root);
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
    const { pulumi } = manifest(join(root, "node_modules", name));
    return pulumi?.resource === true && name !== "@pulumi/twilio";
  });
}

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  pulumi?: { resource?: boolean };
}

function manifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

function packageFolder(projectFolder: string): string {
  for (let folder = projectFolder; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return projectFolder;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
