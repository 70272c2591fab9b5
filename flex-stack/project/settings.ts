import { readFileSync } from "node:fs";
import type { ProjectSettings, StackSettings } from "@pulumi/pulumi/automation/index.js";
import { load } from "js-yaml";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { configFileName } from "../pulumi/stack-name.ts";
import { projectFile, stackFile } from "./project.ts";

export interface Settings {
  project: ProjectSettings;
  stack: StackSettings;
}

/** Reads Pulumi.yaml and Pulumi.STACK.yaml; text that is no YAML is told with its line. */
export function readSettings(projectFolder: string, stack: string): Settings {
  const project = readMap(projectFile(projectFolder), "Pulumi.yaml");
  const file = configFileName(stack);
  const settings = {
    project: project as unknown as ProjectSettings,
    stack: stackSettings(readMap(stackFile(projectFolder, stack), file)),
  };
  refuseMistaken("Pulumi.yaml", settings.project.config);
  refuseMistaken(file, settings.stack.config);
  return settings;
}

/** Settings by the names that the Automation API gives them. */
function stackSettings(found: Record<string, unknown>): StackSettings {
  const { secretsprovider, encryptedkey, encryptionsalt, ...others } = found;
  return {
    ...others,
    ...(secretsprovider === undefined ? {} : { secretsProvider: secretsprovider }),
    ...(encryptedkey === undefined ? {} : { encryptedKey: encryptedkey }),
    ...(encryptionsalt === undefined ? {} : { encryptionSalt: encryptionsalt }),
  } as StackSettings;
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

/** @param name How messages call the file. */
function readMap(path: string, name: string): Record<string, unknown> {
  let found: unknown;
  try {
    found = load(readFileSync(path, "utf8"));
  } catch (error) {
    // The lines around the error, which the message goes on with, may hold what nobody should see.
    throw unreadable(
      name,
      (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "",
      error,
    );
  }
  if (found === undefined || found === null) throw unreadable(name, undefined);
  if (typeof found !== "object" || Array.isArray(found))
    throw unreadable(name, "It is not a map of settings.");
  return found as Record<string, unknown>;
}

/** What Pulumi would take for something else, or fail on with other words for each command. */
function refuseMistaken(file: string, config: unknown): void {
  if (config === undefined) return;
  const refuse = (what: string, fix: string) => {
    throw new Failure({ what: `${file}: ${what}`, fix, exitCode: ExitCode.usage });
  };
  if (config === null)
    return refuse("config is empty.", "Give it a line for each setting, or take the line out.");
  if (typeof config !== "object" || Array.isArray(config))
    return refuse(
      "config is no map of settings.",
      `Give it the form "config:" with a line "key: value" for each.`,
    );
  const date = dateIn("", config);
  if (date !== undefined) refuse(`${date} is a date, as YAML reads it without quotes.`, "Put it in quotes.");
  const endpoint: unknown = Reflect.get(config, "twilio:endpoint");
  if (typeof endpoint === "object" && endpoint !== null && !Object.hasOwn(endpoint, "value"))
    refuse("twilio:endpoint is no text.", "Set an address such as http://127.0.0.1:4100, not encrypted.");
}

/** Where the first date stands. */
function dateIn(path: string, value: unknown): string | undefined {
  if (value instanceof Date) return path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    const found = dateIn(at, item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param why absent: there is nothing in it */
function unreadable(file: string, why: string | undefined, cause?: unknown): Failure {
  return new Failure({
    what: `${file} can't be read.`,
    why: why ?? "It is empty.",
    fix:
      why === undefined
        ? `Give it at least "config:" with the stack's values.`
        : "Correct the YAML at that line.",
    exitCode: ExitCode.usage,
    cause,
  });
}

/** Whether the stack's resources are protected: any project's `protect` setting is on. */
export function isProtected(settings: Settings): boolean {
  return configValue(settings, `${settings.project.name}:protect`) === "true";
}
