import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SetupFailure } from "./failure.mjs";

/**
 * @typedef {object} Project where the set-up works
 * @property {string} root the folder of package.json
 * @property {NodeJS.ProcessEnv} env
 * @property {AbortSignal} signal ends what runs, when the set-up is to stop
 */

/** The folder of this project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Reads a file that git has.
 *
 * @param {string} file
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SetupFailure({
      what: `${basename(file)} can't be read.`,
      why: /** @type {Error} */ (error).message,
      fix: `Take it back from git: git checkout ${basename(file)}`,
    });
  }
}

/**
 * @param {string} root
 * @returns {string} the version of Pulumi that package.json pins: of its command line tool and its SDK alike
 */
export function pulumiVersion(root) {
  return readJson(join(root, "package.json")).dependencies.pulumi;
}

/**
 * Where the npm package `pulumi` looks for the command line tool.
 *
 * @param {Pick<Project, "root" | "env">} project
 */
export function pulumiHome({ root, env }) {
  const home = env["PULUMI_HOME"] || join(env["HOME"] || homedir(), ".pulumi");
  return join(home, "versions", pulumiVersion(root));
}

/**
 * The Node.js that the npm package `node` brings.
 *
 * @param {string} root
 */
export function projectNode(root) {
  return join(root, "node_modules", "node", "bin", "node");
}

/**
 * What one set-up of a project holds while it writes there.
 *
 * @param {string} root
 */
export function projectLock(root) {
  return join(root, ".local", "set-up.lock");
}
