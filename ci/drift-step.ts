import { existsSync } from "node:fs";
import { join } from "node:path";
import { stackOf } from "./step-variable.ts";

/** A drift check, and the files by which its two steps hand it over. */
export interface DriftStep {
  stack: string;
  /** For programs. */
  json: string;
  /** For people. */
  markdown: string;
  /** `drift.STACK.yaml` beside Pulumi.yaml, where it is there: drift that is accepted. */
  baseline: string | undefined;
}

/** @param folder The project's. */
export function readDriftStep(env: NodeJS.ProcessEnv, folder = process.cwd()): DriftStep {
  const stack = stackOf(env);
  const name = stack.replaceAll("/", ".");
  const baseline = join(folder, `drift.${name}.yaml`);
  const report = join(folder, ".local", "ci", `${name}.drift`);
  return {
    stack,
    json: `${report}.json`,
    markdown: `${report}.md`,
    baseline: existsSync(baseline) ? baseline : undefined,
  };
}
