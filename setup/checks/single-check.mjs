import { runCommand } from "../command.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */

/**
 * A command that passes or fails as a whole.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {AbortSignal} options.signal
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.silent] whether any output is a failure
 * @returns {Promise<Outcome>}
 */
export async function singleCheck(program, args, { cwd, signal, env = process.env, silent = false }) {
  const { code, output } = await runCommand(program, args, { cwd, env, signal });
  if (code === 0 && !(silent && output.trim() !== "")) {
    return { passed: 1, failed: 0 };
  }
  return { passed: 0, failed: 1, output };
}
