import * as pulumi from "@pulumi/pulumi";
import { levels, type Level, type Rule } from "./rule.ts";

/** Levels that differ from the rules' own, as `flex-messaging:policy` of the current stack says. */
export function levelsOfStack(rules: readonly Rule[]): Record<string, Level> {
  return parseLevels(new pulumi.Config("flex-messaging").get("policy"), rules);
}

/** @param text JSON: rule ids to levels. Throws with the key, the value and what to do. */
export function parseLevels(text: string | undefined, rules: readonly Rule[]): Record<string, Level> {
  if (text === undefined) return {};
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new pulumi.RunError(
      "flex-messaging:policy is no map; set rule ids to levels, e.g. {workflow-has-default: mandatory}.",
    );
  for (const [id, level] of Object.entries(value)) {
    if (!rules.some((rule) => rule.id === id))
      throw new pulumi.RunError(
        `flex-messaging:policy.${id} is no rule; use one of ${rules.map((rule) => rule.id).join(", ")}.`,
      );
    if (!levels.includes(level as Level))
      throw new pulumi.RunError(
        `flex-messaging:policy.${id} is ${JSON.stringify(level)}; set one of ${levels.join(", ")}.`,
      );
  }
  return value as Record<string, Level>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
