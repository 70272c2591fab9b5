import type { LocalWorkspace, ProjectSettings, StackSettings } from "@pulumi/pulumi/automation/index.js";
import { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";

export interface Settings {
  project: ProjectSettings;
  stack: StackSettings;
}

/** Reads Pulumi.yaml and Pulumi.STACK.yaml; text that is no YAML is told with its line. */
export async function readSettings(workspace: LocalWorkspace, stack: string): Promise<Settings> {
  const file = `Pulumi.${stack.split("/").at(-1)}.yaml`;
  return {
    project: await parsed("Pulumi.yaml", () => workspace.projectSettings()),
    stack: await parsed(file, () => workspace.stackSettings(stack)),
  };
}

/** A plain value of the stack's configuration, else of the project's; never a secret. */
export function configValue({ project, stack }: Settings, key: string): string | undefined {
  const projectConfig: unknown = project.config;
  const fallback =
    typeof projectConfig === "object" && projectConfig !== null ? Reflect.get(projectConfig, key) : undefined;
  const value: unknown = stack.config?.[key] ?? plain(fallback);
  return typeof value === "string" || typeof value === "boolean" || typeof value === "number"
    ? String(value)
    : undefined;
}

/** Project configuration may wrap a value: `{ value: … }` or `{ default: … }`. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return (Reflect.get(value, "value") ?? Reflect.get(value, "default")) as unknown;
}

async function parsed<T>(file: string, read: () => Promise<T>): Promise<T> {
  let settings: T;
  try {
    settings = await read();
  } catch (error) {
    // The lines around the error, which the message goes on with, may hold what nobody should see.
    throw unreadable(
      file,
      (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "",
      error,
    );
  }
  if (typeof settings !== "object" || settings === null)
    throw unreadable(file, "It is not a map of settings.");
  return settings;
}

function unreadable(file: string, why: string, cause?: unknown): Failure {
  const empty = /hasOwnProperty/.test(why);
  return new Failure({
    what: `${file} can't be read.`,
    why: empty ? "It is empty." : why,
    fix: empty ? `Give it at least "config:" with the stack's values.` : "Correct the YAML at that line.",
    exitCode: ExitCode.usage,
    cause,
  });
}

/** Whether the stack's resources are protected: any project's `protect` setting is on. */
export function isProtected(settings: Settings): boolean {
  return configValue(settings, `${settings.project.name}:protect`) === "true";
}
