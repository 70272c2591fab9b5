// Runs every check and test of the project, all of them even when one fails, and ends with one line that counts.
// Arguments go to jest, which then runs alone: node setup/checks/main.mjs provider/http
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { seconds } from "../report.mjs";
import { goTests } from "./go-tests.mjs";
import { jestTests } from "./jest-tests.mjs";
import { command } from "./single-check.mjs";
import { table, totals } from "./summary.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */

const args = process.argv.slice(2);
const bin = (/** @type {string} */ name) => join(ROOT, "node_modules", ".bin", name);
const scratch = mkdtempSync(join(tmpdir(), "checks-"));

/** @type {[name: string, run: () => Promise<Outcome>][]} */
const all = [
  ["format", () => command(bin("prettier"), ["--check", "--log-level=warn", "."])],
  ["lint", () => command(bin("eslint"), ["."])],
  ["types", () => command(bin("tsc"), ["--noEmit"])],
  ["types of setup", () => command(bin("tsc"), ["--noEmit", "-p", "setup"])],
  ["jest", () => jestTests(scratch, args)],
  ["go vet", () => command("go", ["vet", "./..."], { cwd: join(ROOT, "toolchain"), needs: "go" })],
  ["gofmt", () => command("gofmt", ["-l", "."], { cwd: join(ROOT, "toolchain"), needs: "go", silent: true })],
  ["go test", () => goTests(join(ROOT, "toolchain"))],
];

/** @type {{ name: string, outcome: Outcome, time: string }[]} */
const results = [];
try {
  for (const [name, run] of args.length > 0 ? all.filter(([each]) => each === "jest") : all) {
    process.stdout.write(`\n${name} …\n`);
    const startedAt = performance.now();
    const outcome = await run();
    results.push({ name, outcome, time: seconds(performance.now() - startedAt) });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const sum = totals(results.map(({ outcome }) => outcome));
process.stdout.write(`\n${table(results)}\n\n${sum.line}\n`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
