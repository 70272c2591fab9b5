import { didYouMean } from "../../routing/index.ts";
import { nameOf } from "../changes/resource-change.ts";
import { targetPattern } from "./stack-options.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";

/**
 * Refuses a target that is no resource: Pulumi takes a pattern that fits nothing as nothing to do, and says so with
 * success. Patterns of the user's own, with `*`, and URNs are left to Pulumi.
 *
 * @param urns Resources that the stack has or would get.
 */
export function requireTargets(targets: readonly string[], urns: readonly string[], stack: string): void {
  const names = new Set(urns.map(nameOf));
  const missing = targets.find((target) => targetPattern(target) === `**::${target}` && !names.has(target));
  if (missing === undefined) return;
  const fix = didYouMean(missing, names);
  throw new Failure({
    what: `Stack "${stack}" has no resource with the name "${missing}".`,
    why: "--target takes names as previews show them, or URNs.",
    ...(fix !== undefined && { fix }),
    exitCode: ExitCode.usage,
  });
}
