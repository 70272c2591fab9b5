import { findOnPath, runCommand } from "../command.mjs";
import { ROOT } from "../project.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */

/**
 * A command that passes or fails as a whole; what it wrote is shown when it fails.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {string} [options.needs] a program without which this can't run, and counts neither way
 * @param {boolean} [options.silent] whether any output is a failure
 * @returns {Promise<Outcome>}
 */
export async function command(program, args, { cwd = ROOT, needs, silent = false } = {}) {
  if (needs !== undefined && findOnPath(needs, process.env) === undefined) {
    return { passed: 0, failed: 0, note: `not run: no ${needs} here` };
  }
  const { code, output } = await runCommand(program, args, { cwd, env: process.env });
  if (code === 0 && !(silent && output.trim() !== "")) {
    return { passed: 1, failed: 0 };
  }
  process.stdout.write(`${output.trimEnd()}\n`);
  return { passed: 0, failed: 1 };
}
