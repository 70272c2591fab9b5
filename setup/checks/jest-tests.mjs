import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson, ROOT } from "../project.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */

/**
 * Jest's tests; it shows its own progress.
 *
 * @param {string} scratch folder for its report
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
export async function jestTests(scratch, args) {
  const report = join(scratch, "jest.json");
  const jest = join(ROOT, "node_modules", "jest", "bin", "jest.js");
  const code = await new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        "--experimental-vm-modules",
        jest,
        "--json",
        `--outputFile=${report}`,
        ...args,
      ],
      // With --json, jest writes its report on standard output as well.
      { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"], env: quiet(process.env) },
    );
    child.on("error", () => resolve(1));
    child.on("close", resolve);
  });
  if (!existsSync(report)) {
    return { passed: 0, failed: 1, note: `jest ended with ${code} and without a report` };
  }
  return read(readJson(report));
}

/**
 * @typedef {object} Report what is used of jest's
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults
 */

/**
 * @param {Report} report
 * @returns {Outcome}
 */
export function read(report) {
  // A file that can't be loaded has no failed test, and must not pass for that.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Workers of jest take warnings off by the environment.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function quiet(env) {
  return {
    ...env,
    NODE_OPTIONS: [env["NODE_OPTIONS"], "--disable-warning=ExperimentalWarning"].filter(Boolean).join(" "),
  };
}
