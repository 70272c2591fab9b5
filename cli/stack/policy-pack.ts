import { existsSync } from "node:fs";
import { join } from "node:path";

/** Options that have Pulumi hold a change against the project's own policy pack, in `policy/`, where it has one. */
export function policyOptions(projectFolder: string, wanted: boolean): string[] {
  const folder = join(projectFolder, "policy");
  return wanted && existsSync(join(folder, "PulumiPolicy.yaml")) ? ["--policy-pack", folder] : [];
}
