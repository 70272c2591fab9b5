import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type * as yaml from "yaml";
import type { Problem } from "./problem.ts";

const require = createRequire(import.meta.url);

const namespace = "flex-messaging";

/** Values by setting, as they were written, and what in them nobody can have meant. */
export interface RawValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/**
 * Reads what Pulumi hands over, `flex-messaging:key` to text with maps as JSON. What stands under `routingFile` is taken
 * for `routing`: a configuration in Pulumi's own file can't be larger than one environment variable.
 */
export function rawValues(all: Readonly<Record<string, string>>, folder: string): RawValues {
  const problems: Problem[] = [];
  const given: [string, unknown][] = Object.entries(all)
    .filter(([key]) => key.startsWith(`${namespace}:`))
    .map(([key, value]) => [key.slice(namespace.length + 1), parseValue(value)]);
  const values = Object.fromEntries(given);
  const { routingFile } = values;
  if (typeof routingFile === "string") readRouting(values, routingFile, folder, problems);
  for (const [key, value] of Object.entries(values))
    if (reserved.has(key)) problems.push({ key: `${namespace}:${key}`, ...reservedName });
    else examine(value, [key], problems);
  return { values, problems };
}

/** Pulumi hands over maps, numbers and booleans as JSON, and texts as they are. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function readRouting(
  values: Record<string, unknown>,
  file: string,
  folder: string,
  problems: Problem[],
): void {
  const key = `${namespace}:routingFile`;
  if (Object.hasOwn(values, "routing")) {
    problems.push({ key, problem: "is set beside routing", fix: "keep one of them" });
    return;
  }
  delete values["routingFile"];
  try {
    // Loaded here: hardly any stack has such a file.
    const { parse } = require("yaml") as typeof yaml;
    values["routing"] = parse(readFileSync(resolve(folder, file), "utf8"));
  } catch (error) {
    const [why = ""] = String(error)
      .replace(/^[A-Za-z]*Error: /, "")
      .split("\n");
    problems.push({
      key,
      problem: `is ${JSON.stringify(file)}, which can't be read (${why})`,
      fix: "name a YAML file, from the project's folder, with what would stand under routing",
    });
    values["routing"] = {};
  }
}

/** Names that every object has from elsewhere: a setting of that name would be lost, or take their place. */
const reserved = new Set([...Object.getOwnPropertyNames(Object.prototype), "prototype"]);

const reservedName = { problem: "has a name that JavaScript keeps for itself", fix: "use another one" };

/** A date as Pulumi writes what YAML takes for one. */
const dateOfYaml = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? [+-]\d{4} \w+$/;

/** White space apart, characters that show nothing and move what is shown. */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

function examine(value: unknown, path: readonly (string | number)[], problems: Problem[]): void {
  const report = (problem: string, fix: string, at = path) =>
    problems.push({ key: `${namespace}:${printPath(at)}`, problem, fix });
  if (typeof value === "string") {
    const found = control.exec(value)?.[0];
    if (found !== undefined) report(`has a control character (${codeOf(found)})`, "take it out");
    else if (!value.isWellFormed()) report("has half a character (a lone surrogate)", "take it out");
    else if (dateOfYaml.test(value)) report("is a date, as YAML reads it without quotes", "put it in quotes");
  } else if (value instanceof Date) report("is a date, as YAML reads it without quotes", "put it in quotes");
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value) && reserved.has(key)) report(reservedName.problem, reservedName.fix, at);
      else if (control.test(key)) report("has a key with a control character", "take it out");
      else examine(item, at, problems);
    }
  }
}

function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `routing.workflows.inbound.filters[0]` */
export function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
    )
    .join("");
}
