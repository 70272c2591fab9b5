import * as pulumi from "@pulumi/pulumi";
import { maskedValue } from "../config/credential.ts";
import { ConfigError, suggest } from "../config/problem.ts";
import { levels, type Level, type Rule } from "./rule.ts";

/** Levels that differ from the rules' own, as `flex-messaging:policy` of the current stack says. */
export function levelsOfStack(rules: readonly Rule[]): Record<string, Level> {
  try {
    return parseLevels(new pulumi.Config("flex-messaging").get("policy"), rules, pulumi.getStack());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Each line that a pack writes becomes a message of its own.
    throw new pulumi.RunError(error.message.replaceAll(/\n\s*- /g, " "));
  }
}

/**
 * @param text JSON: rule ids to levels.
 * @throws ConfigError with each key, its value and what to do
 */
export function parseLevels(
  text: string | undefined,
  rules: readonly Rule[],
  stack: string,
): Record<string, Level> {
  if (text === undefined) return {};
  const key = "flex-messaging:policy";
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const fix = "set rule ids to levels, e.g. {workflow-has-default: mandatory}";
    throw new ConfigError(stack, [{ key, problem: "is no map", fix }]);
  }
  const ids = rules.map((rule) => rule.id);
  const problems = Object.entries(value).flatMap(([id, level]) => {
    if (!ids.includes(id)) return [{ key: `${key}.${id}`, problem: "is no rule", fix: suggest(id, ids) }];
    if (levels.includes(level as Level)) return [];
    const problem = `is ${JSON.stringify(maskedValue(id, level))}`;
    return [{ key: `${key}.${id}`, problem, fix: `set one of ${levels.join(", ")}` }];
  });
  if (problems.length > 0) throw new ConfigError(stack, problems);
  return value as Record<string, Level>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
