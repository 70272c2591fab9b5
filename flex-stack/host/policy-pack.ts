import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Starts a policy pack, as `@pulumi/pulumi/cmd/run-policy-pack` does: it is a package whose main file makes a `PolicyPack`, which listens
 * and prints its port.
 *
 * @param folder The pack's.
 */
export async function startPolicyPack(folder: string): Promise<number> {
  const { log } = console;
  const here = process.cwd();
  const printed = new Promise<number>((resolve) => {
    console.log = (...words: unknown[]) => {
      if (words.length !== 1 || !/^\d+$/.test(String(words[0]))) return log(...words);
      console.log = log;
      resolve(Number(words[0]));
    };
  });
  // It looks for its version there.
  process.chdir(folder);
  try {
    createRequire(join(folder, "package.json"))(folder);
  } finally {
    process.chdir(here);
  }
  return printed;
}
