import { existsSync } from "node:fs";
import { join } from "node:path";
import { isObject, parsedJson } from "../values/property-value.ts";
import type { Operation } from "../changes/operation.ts";
import type { Settings } from "../project/settings.ts";

/** Options that have Pulumi hold a change against the project's own policy pack, in `policy/`, where it has one. */
export function policyOptions(projectFolder: string, wanted: boolean): string[] {
  const folder = join(projectFolder, "policy");
  return wanted && existsSync(join(folder, "PulumiPolicy.yaml")) ? ["--policy-pack", folder] : [];
}

/** Rules that the configuration of the stack switches off. */
export function disabledRules({ stack }: Settings): string[] {
  const levels = parsedJson(stack.config?.["flex-messaging:policy"]);
  if (!isObject(levels)) return [];
  return Object.keys(levels)
    .filter((rule) => {
      const said = levels[rule];
      return (isObject(said) ? (said as { level?: unknown }).level : said) === "disabled";
    })
    .sort();
}

/** That rules did not come to look at all of a plan; undefined where they did, or where there are none. */
export function unaskedText(
  { rulesRan }: Pick<Operation, "rulesRan">,
  { policy }: { policy: boolean },
): string | undefined {
  if (rulesRan === "part") return "Policies: the preview ended before all rules had looked at all of it.";
  return rulesRan === "none" && !policy ? "Policies: the rules were left out (--no-policy)." : undefined;
}
