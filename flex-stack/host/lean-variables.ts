import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { policyPacks } from "./hostable.ts";

/**
 * Has the processes of Node.js that Pulumi starts by itself load less: lean-sdk/, and no compiler for a policy pack
 * that says it needs none, which is loaded all the same unless a variable says so, too.
 *
 * @param pulumiOptions Options for Pulumi itself.
 */
export function leanVariables(
  pulumiOptions: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const lean = new URL("../../lean-sdk/lean-imports.ts", import.meta.url).href;
  const packs = policyPacks(pulumiOptions);
  const needNoCompiler = packs.length > 0 && packs.every(needsNoCompiler);
  return {
    NODE_OPTIONS: `${env["NODE_OPTIONS"] ?? ""} --import=${lean}`.trim(),
    ...(needNoCompiler ? { PULUMI_NODEJS_TYPESCRIPT: "false" } : {}),
  };
}

function needsNoCompiler(pack: string): boolean {
  try {
    const { runtime } = load(readFileSync(join(pack, "PulumiPolicy.yaml"), "utf8")) as {
      runtime?: { options?: { typescript?: unknown } };
    };
    return runtime?.options?.typescript === false;
  } catch {
    return false;
  }
}
