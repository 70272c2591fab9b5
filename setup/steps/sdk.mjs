import { join } from "node:path";
import { runCommand } from "../command.mjs";
import { SetupFailure } from "../failure.mjs";
import { projectLock } from "../project.mjs";
import { sdkIsBuilt } from "../../provider/sdk/build.js";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

/**
 * `@pulumi/twilio`, generated source in sdks/twilio, compiled.
 *
 * @param {Project} project
 * @returns {Step}
 */
export function sdk({ root, env, signal }) {
  return {
    name: "@pulumi/twilio",
    doing: "compiling sdks/twilio",
    lock: projectLock(root),
    isDone: () => sdkIsBuilt(),
    async run() {
      const script = join(root, "provider", "sdk", "build.js");
      const { code, output } = await runCommand(process.execPath, [script], { cwd: root, env, signal });
      if (code !== 0) {
        throw new SetupFailure({
          what: "@pulumi/twilio can't be compiled.",
          why: output.trim(),
          fix: "Take sdks/twilio back from git, or generate it from the provider's schema: npm run sdk",
        });
      }
      return "compiled";
    },
  };
}
