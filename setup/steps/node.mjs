import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isExecutable, outerEnv, runCommand } from "../command.mjs";
import { SetupFailure } from "../failure.mjs";
import { projectLock, projectNode, readJson } from "../project.mjs";

/** @typedef {import("../project.mjs").Project} Project */
/** @typedef {import("./step.mjs").Step} Step */

/**
 * The Node.js that runs the project, from the npm package `node`. npm fetches it in an install script, which some
 * settings of npm leave out; then it is fetched here.
 *
 * @param {Project} project
 * @returns {Step}
 */
export function node({ root, env, signal }) {
  const file = projectNode(root);
  const folder = dirname(dirname(file));
  return {
    name: "Node.js",
    doing: "fetching it, as npm did not",
    lock: projectLock(root),
    isDone: () => isExecutable(file),
    async run() {
      const { version } = readJson(join(folder, "package.json"));
      const script = join(folder, "installArchSpecificPackage.js");
      const outer = outerEnv(env);
      const fetched = existsSync(script)
        ? await runCommand(process.execPath, [script], { cwd: folder, env: outer, signal })
        : { code: 1, output: `${script} is missing` };
      const tried = isExecutable(file)
        ? await runCommand(file, ["--version"], { cwd: root, env: outer, signal })
        : fetched;
      if (tried.code !== 0 || tried === fetched) {
        throw new SetupFailure({
          what: `Node.js ${version} can't be installed from the npm package "node".`,
          why: tried.output.trim().split("\n").slice(-6).join("\n") || `It ended with ${tried.code}.`,
          fix: "Check that npm may run the install script of this package (npm config get ignore-scripts), remove node_modules, and run the command again.",
        });
      }
      return `${tried.output.trim()} is there`;
    },
  };
}
