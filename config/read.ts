import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime/config.js";
import type { z } from "zod";
import { check, type Surroundings } from "./checks.ts";
import { ConfigError, type Problem } from "./problem.ts";
import { schema, type Config } from "./schema.ts";

const namespace = "flex-messaging";

/** The configuration of the current stack. Throws a ConfigError that lists everything wrong with it. */
export function readConfig(): Config {
  const secretKeys = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]") as string[];
  return parseConfig(allConfig(), pulumi.getStack(), secretKeys);
}

/**
 * Checks a configuration as Pulumi hands it to a program: `namespace:key` to text, maps as JSON.
 * Values of secret keys never appear in an error.
 */
export function parseConfig(
  all: Readonly<Record<string, string>>,
  stack: string,
  secretKeys: readonly string[] = [],
): Config {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(all))
    if (key.startsWith(`${namespace}:`)) values[key.slice(namespace.length + 1)] = parseValue(value);

  const parsed = schema.safeParse(values, { reportInput: true });
  const hidden = (key: string) => secretKeys.includes(`${namespace}:${key}`);
  if (!parsed.success)
    throw new ConfigError(
      stack,
      parsed.error.issues.flatMap((issue) => render(issue, values, hidden)),
    );

  const surroundings: Surroundings = {
    accountSid: all["twilio:accountSid"],
    endpoint: all["twilio:endpoint"],
  };
  const problems = check(parsed.data, surroundings).map((found) =>
    hidden(topKey(found.key)) ? { ...found, problem: "is not acceptable" } : found,
  );
  if (problems.length > 0) throw new ConfigError(stack, problems);
  return parsed.data;
}

/** Pulumi hands over maps, numbers and booleans as JSON, and texts as they are. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function render(issue: z.core.$ZodIssue, values: unknown, hidden: (key: string) => boolean): Problem[] {
  const keyAt = (path: readonly PropertyKey[]) => `${namespace}:${printPath(path)}`;
  if (issue.code === "unrecognized_keys") {
    const fixes = issue.message.split("\n");
    return issue.keys.map((key, index) => ({
      key: keyAt([...issue.path, key]),
      problem: "is not a setting",
      fix: fixes[index] ?? issue.message,
    }));
  }
  return [{ key: keyAt(issue.path), problem: problemOf(issue, values, hidden), fix: issue.message }];
}

function problemOf(issue: z.core.$ZodIssue, values: unknown, hidden: (key: string) => boolean): string {
  if (issue.code === "custom" && typeof issue.params?.problem === "string") return issue.params.problem;
  const value = issue.path.reduce<unknown>(
    (parent, key) =>
      typeof parent === "object" && parent !== null
        ? (parent as Record<PropertyKey, unknown>)[key]
        : undefined,
    values,
  );
  if (value === undefined) return "is missing";
  return hidden(String(issue.path[0])) ? "is not acceptable" : `is ${show(value)}`;
}

/** `plugin` of `flex-messaging:plugin.orchestration.handlerUrl`. */
function topKey(key: string): string {
  return /^[^:]*:([^.[]*)/.exec(key)?.[1] ?? key;
}

function show(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length <= 80 ? json : `${json.slice(0, 77)}...`;
}

function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
    )
    .join("");
}
