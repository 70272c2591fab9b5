import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime/config.js";
import type { z } from "zod";
import { check, type Surroundings } from "./checks.ts";
import { maskedValue } from "./credential.ts";
import { ConfigError, type Problem } from "./problem.ts";
import { schema, type Config } from "./schema.ts";
import { printPath, rawValues } from "./values.ts";

const namespace = "flex-messaging";

/** The configuration of the current stack. Throws a ConfigError that lists everything wrong with it. */
export function readConfig(): Config {
  const secretKeys = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]") as string[];
  return parseConfig(allConfig(), pulumi.getStack(), secretKeys);
}

/**
 * Checks a configuration as Pulumi hands it to a program: `namespace:key` to text, maps as JSON.
 * Values of secret keys never appear in an error.
 *
 * @param folder The project's, from which files are named.
 */
export function parseConfig(
  all: Readonly<Record<string, string>>,
  stack: string,
  secretKeys: readonly string[] = [],
  folder = process.cwd(),
): Config {
  const { values, problems: unread } = rawValues(all, folder);
  const hidden = (key: string) => secretKeys.includes(`${namespace}:${key}`);
  if (unread.length > 0) throw new ConfigError(stack, unread);
  const parsed = schema.safeParse(values, { reportInput: true });
  if (!parsed.success)
    throw new ConfigError(stack, once(parsed.error.issues.flatMap((issue) => render(issue, values, hidden))));

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

/** One value may break several rules, with the same words. */
function once(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  return problems.filter(({ key, problem }) => {
    const text = `${key} ${problem}`;
    return !told.has(text) && told.add(text);
  });
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
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, key)
        ? (parent as Record<PropertyKey, unknown>)[key]
        : undefined,
    values,
  );
  if (value === undefined) return "is missing";
  return hidden(String(issue.path[0])) ? "is not acceptable" : `is ${show(value, String(issue.path.at(-1)))}`;
}

/** `plugin` of `flex-messaging:plugin.orchestration.handlerUrl`. */
function topKey(key: string): string {
  return /^[^:]*:([^.[]*)/.exec(key)?.[1] ?? key;
}

/** A value as others may read it, shortened. */
function show(value: unknown, key: string): string {
  const json = JSON.stringify(maskedValue(key, value));
  return json.length <= 80 ? json : `${json.slice(0, 77)}...`;
}
