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
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function jestTests(scratch, args, signal) {
  const report = join(scratch, "jest.json");
  const jest = join(ROOT, "node_modules", "jest", "bin", "jest.js");
  const own = ["--disable-warning=ExperimentalWarning", "--experimental-vm-modules"];
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, [...own, jest, "--json", `--outputFile=${report}`, ...args], {
      cwd: ROOT,
      // With --json, jest writes its report on standard output as well.
      stdio: ["ignore", "ignore", "inherit"],
      env: quiet(process.env),
      signal,
    });
    child.on("error", () => resolve(1));
    child.on("close", resolve);
  });
  if (!existsSync(report)) {
    return { passed: 0, failed: 1, note: `jest ended with ${code} and without a report` };
  }
  return readJest(readJson(report), code);
}

/**
 * @typedef {object} Report what is used of jest's
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * @param {Report} report
 * @param {number | null} code with which jest ended
 * @returns {Outcome}
 */
export function readJest(report, code) {
  // A file that can't be loaded, or that fails while it cleans up, has no failed test, and must not pass for that.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  ).length;
  const outcome = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return outcome.failed === 0 && code !== 0
    ? { ...outcome, failed: 1, note: `jest ended with ${code}` }
    : outcome;
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
