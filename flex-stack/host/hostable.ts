import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { ProjectSettings } from "@pulumi/pulumi/automation/index.js";
import { isSelfManaged } from "../project/backend.ts";
import { packageFolder } from "../pulumi/installation.ts";

/** The provider that runs beside the program. */
const ownProvider = realpathSync(new URL("../../provider", import.meta.url));

/** Options of Pulumi for whoever wants to hear all, or to have a program run otherwise. */
const asksForMore =
  /^(--(debug|verbose|logtostderr|logflow|attach-debugger|tracing|config-file|client)\b|-[dv])/;

/** A project, and the options that its preview gives Pulumi itself. */
export interface Previewed {
  readonly projectFolder: string;
  readonly project: ProjectSettings;
  readonly backend: string;
  readonly pulumiOptions: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Whether a project can be previewed in one process, and its processes can load less: its program is run by Node.js as it
 * is, with no provider but ours, and at most one policy pack. (Pulumi Cloud may add packs of an organization.) Where
 * anything else is asked for, Pulumi does what it always does.
 */
export function isHostable({
  projectFolder,
  project,
  backend,
  pulumiOptions,
  env = process.env,
}: Previewed): boolean {
  const debugs = [
    "PULUMI_DEBUG_LANGUAGES",
    "PULUMI_DEBUG_PROVIDERS",
    "PULUMI_DEBUG_PROMISE_LEAKS",
    "TRACEPARENT",
  ];
  if (debugs.some((name) => env[name])) return false;
  if (pulumiOptions.some((option) => asksForMore.test(option))) return false;
  if (!isSelfManaged(backend) || policyPacks(pulumiOptions).length > 1) return false;
  return runsAsItIs(project) && hasOwnProviderAlone(projectFolder, project);
}

/** The folders of the policy packs that options for Pulumi itself name. */
export function policyPacks(pulumiOptions: readonly string[]): string[] {
  const option = "--policy-pack";
  return pulumiOptions.flatMap((word, index) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)];
    return pulumiOptions[index - 1] === option ? [word] : [];
  });
}

function runsAsItIs({ runtime }: ProjectSettings): boolean {
  if (typeof runtime !== "object" || runtime.name !== "nodejs") return false;
  const { typescript, ...others } = runtime.options ?? {};
  return typescript === false && Object.keys(others).length === 0;
}

/** Whether all of a project's resources are looked after by our provider, as far as its files tell. */
export function hasOwnProviderAlone(projectFolder: string, project: ProjectSettings): boolean {
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

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
