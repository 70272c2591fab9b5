import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { asksForMore } from "./hostable.ts";

/**
 * Has the processes of Node.js that Pulumi starts by itself load less: lean-imports.ts, and no compiler for a policy pack that says it
 * needs none, which Pulumi loads all the same unless it is told by a variable. (Of a program it believes what the program says.)
 *
 * @param pulumiOptions Options for Pulumi itself: who asks it for all it has to say hears all.
 */
export function leanVariables(
  pulumiOptions: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  if (env["PULUMI_DEBUG_PROMISE_LEAKS"] || pulumiOptions.some((option) => asksForMore.test(option)))
    return {};
  const lean = new URL("lean-imports.ts", import.meta.url).href;
  const packs = pulumiOptions.flatMap((option, index) =>
    pulumiOptions[index - 1] === "--policy-pack" ? [option] : [],
  );
  const needsCompiler = packs.length === 0 || !packs.every(saysItNeedsNone);
  return {
    NODE_OPTIONS: `${env["NODE_OPTIONS"] ?? ""} --import=${lean}`.trim(),
    ...(needsCompiler ? {} : { PULUMI_NODEJS_TYPESCRIPT: "false" }),
  };
}

function saysItNeedsNone(pack: string): boolean {
  try {
    const { runtime } = load(readFileSync(join(pack, "PulumiPolicy.yaml"), "utf8")) as {
      runtime?: { options?: { typescript?: unknown } };
    };
    return runtime?.options?.typescript === false;
  } catch {
    return false;
  }
}
