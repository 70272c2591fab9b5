import { existsSync } from "node:fs";
import { join } from "node:path";
import { isObject, parsedJson } from "../changes/property-value.ts";
import type { Operation } from "../changes/operation.ts";
import type { Settings } from "../project/settings.ts";

/**
 * Environment variable with the URNs, a JSON list, that a plan takes out of the stack although Pulumi hands them to the
 * rules of the scope "stack": what is left out of a plan counts there as what stays. `policy/leaving.ts` reads it.
 */
export const leavingVariable = "FLEX_STACK_LEAVING";

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
    .filter((rule) => levels[rule] === "disabled")
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
