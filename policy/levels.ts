import * as pulumi from "@pulumi/pulumi";
import { maskedValue } from "../config/credential.ts";
import { ConfigError, suggest, type Problem } from "../config/problem.ts";
import { levels as allLevels, type Level, type Rule } from "./rule.ts";

/** What `flex-messaging:policy` of a stack says about rules. */
export interface StackRules {
  /** Levels that differ from the rules' own. */
  readonly levels: Readonly<Record<string, Level>>;
  /** Names of the resources that break a rule on purpose, by rule. */
  readonly meant: Readonly<Record<string, readonly string[]>>;
}

/** What the configuration of the current stack says about rules. */
export function rulesOfStack(rules: readonly Rule[]): StackRules {
  try {
    return parseLevels(new pulumi.Config("flex-messaging").get("policy"), rules, pulumi.getStack());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Each line that a pack writes becomes a message of its own.
    throw new pulumi.RunError(error.message.replaceAll(/\n\s*- /g, " "));
  }
}

/**
 * @param text JSON: rule ids to levels, or to `{level, meant}` with names of resources that break the rule on purpose.
 * @throws ConfigError with each key, its value and what to do
 */
export function parseLevels(text: string | undefined, rules: readonly Rule[], stack: string): StackRules {
  if (text === undefined) return { levels: {}, meant: {} };
  const key = "flex-messaging:policy";
  const value = parsed(text);
  if (!isMap(value)) {
    const fix = "set rule ids to levels, e.g. {workflow-has-default: mandatory}";
    throw new ConfigError(stack, [{ key, problem: "is no map", fix }]);
  }
  const ids = rules.map((rule) => rule.id);
  const levels: Record<string, Level> = {};
  const meant: Record<string, string[]> = {};
  const problems: Problem[] = [];
  const read = (id: string, said: unknown, place: string): void => {
    if (isLevel(said)) levels[id] = said;
    else
      problems.push({
        key: place,
        problem: `is ${JSON.stringify(maskedValue(id, said))}`,
        fix: `set one of ${allLevels.join(", ")}`,
      });
  };
  for (const [id, said] of Object.entries(value)) {
    const place = `${key}.${id}`;
    if (!ids.includes(id)) problems.push({ key: place, problem: "is no rule", fix: suggest(id, ids) });
    else if (!isMap(said)) read(id, said, place);
    else
      for (const [name, given] of Object.entries(said)) {
        if (name === "level") read(id, given, `${place}.level`);
        else if (name !== "meant")
          problems.push({
            key: `${place}.${name}`,
            problem: "is no setting of a rule",
            fix: suggest(name, ["level", "meant"]),
          });
        else if (isNames(given)) meant[id] = given;
        else
          problems.push({
            key: `${place}.meant`,
            problem: "is no list of names",
            fix: "name the resources that break the rule on purpose, as previews show them",
          });
      }
  }
  if (problems.length > 0) throw new ConfigError(stack, problems);
  return { levels, meant };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isLevel = (value: unknown): value is Level => allLevels.includes(value as Level);

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string" && name !== "");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
