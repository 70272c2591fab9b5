import { findOnPath, runCommand } from "../command.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */

/**
 * The tests of a Go module.
 *
 * @param {string} folder
 * @returns {Promise<Outcome>}
 */
export async function goTests(folder) {
  if (findOnPath("go", process.env) === undefined) {
    return { passed: 0, failed: 0, note: "not run: no go here" };
  }
  /** @type {string[]} */
  const lines = [];
  const { code, output } = await runCommand("go", ["test", "-json", "./..."], {
    cwd: folder,
    env: process.env,
    onLine: (line) => void lines.push(line),
  });
  const { outcome, failures } = read(lines);
  if (outcome.failed > 0) {
    process.stdout.write(failures);
  } else if (code !== 0) {
    process.stdout.write(`${output.trimEnd()}\n`);
    return { ...outcome, failed: 1, note: `go test ended with ${code}` };
  }
  return outcome;
}

/**
 * Counts tests that have no tests of their own; a package that can't be built counts as one that failed.
 *
 * @param {string[]} lines of `go test -json`
 * @returns {{ outcome: Outcome, failures: string }}
 */
export function read(lines) {
  /** @type {{ Action: string, Package?: string, ImportPath?: string, Test?: string, Output?: string }[]} */
  const events = lines.flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const named = (/** @type {{ Package?: string, Test?: string }} */ event) =>
    `${event.Package} ${event.Test}`;
  const parents = new Set(
    events.flatMap((event) => (event.Test?.includes("/") ? [named(event).replace(/\/[^/]*$/, "")] : [])),
  );
  const ended = events.filter(
    ({ Action, Test }) => Test !== undefined && ["pass", "fail", "skip"].includes(Action),
  );
  const leaves = ended.filter((event) => !parents.has(named(event)));
  const of = (/** @type {string} */ action) => leaves.filter(({ Action }) => Action === action).length;
  const withFailedTest = new Set(
    ended.filter(({ Action }) => Action === "fail").map((event) => event.Package),
  );
  const broken = events.filter(
    ({ Action, Test, Package }) => Action === "fail" && Test === undefined && !withFailedTest.has(Package),
  ).length;
  const failed = of("fail") + broken;
  const failures = events
    .filter(({ Action, Output }) => /^(output|build-output)$/.test(Action) && Output !== undefined)
    .map(({ Output }) => Output)
    .join("");
  return {
    outcome: { passed: of("pass"), failed, skipped: of("skip") },
    failures: failed > 0 ? failures : "",
  };
}
