// Runs every check and test of the project, all of them even when one fails, and ends with one line that counts.
// Arguments go to jest, which then runs alone: node setup/checks/main.mjs provider/http
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { seconds } from "../report.mjs";
import { goChecks } from "./go-checks.mjs";
import { jestTests } from "./jest-tests.mjs";
import { singleCheck } from "./single-check.mjs";
import { table, totals } from "./summary.mjs";

/** @typedef {import("./summary.mjs").Check} Check */
/** @typedef {import("./summary.mjs").Outcome} Outcome */

const args = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "checks-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const stop = new AbortController();
const { signal } = stop;
for (const name of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(name, () => {
    stop.abort();
    process.exitCode = 128 + constants.signals[name];
  });
}

/** @param {string} name */
const bin = (name) => join(ROOT, "node_modules", ".bin", name);
/** @type {Check} */
const jest = { name: "jest", run: () => jestTests(scratch, args, signal) };
/** @type {Check[]} */
const reading = [
  {
    name: "format",
    run: () => singleCheck(bin("prettier"), ["--check", "--log-level=warn", "."], { cwd: ROOT, signal }),
  },
  { name: "lint", run: () => singleCheck(bin("eslint"), ["."], { cwd: ROOT, signal }) },
  { name: "types", run: () => singleCheck(bin("tsc"), ["--noEmit"], { cwd: ROOT, signal }) },
  {
    name: "types of setup",
    run: () => singleCheck(bin("tsc"), ["--noEmit", "-p", "setup"], { cwd: ROOT, signal }),
  },
  {
    name: "types of plugin",
    run: () => singleCheck(bin("tsc"), ["--noEmit", "-p", "plugin"], { cwd: ROOT, signal }),
  },
  {
    name: "types of page",
    run: () => singleCheck(bin("tsc"), ["--noEmit", "-p", "page"], { cwd: ROOT, signal }),
  },
];

/** @type {{ name: string, outcome: Outcome, time: string }[]} */
const results = [];

/** @param {Check[]} checks one after the other */
async function runEach(checks) {
  for (const { name, run } of checks) {
    process.stdout.write(`\n${name} …\n`);
    const startedAt = performance.now();
    const outcome = await run();
    if (signal.aborted) return;
    results.push({ name, outcome, time: seconds(performance.now() - startedAt) });
    // Named again: another check may have begun in between.
    if (outcome.output !== undefined)
      process.stdout.write(`\n${name} failed:\n${outcome.output.trimEnd()}\n`);
  }
}

// Each of the former keeps one core busy; jest keeps two.
if (args.length === 0) await Promise.all([runEach(reading), runEach(goChecks(signal))]);
if (!signal.aborted) await runEach([jest]);
if (signal.aborted) {
  process.stdout.write("\nstopped\n");
  process.exit();
}
const sum = totals(results.map(({ outcome }) => outcome));
process.stdout.write(`\n${table(results)}\n\n${sum.line}\n`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
