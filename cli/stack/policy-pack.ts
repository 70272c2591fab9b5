import { existsSync } from "node:fs";
import { join } from "node:path";

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
