import { runCommand } from "../command.mjs";

/** @typedef {import("./summary.mjs").Outcome} Outcome */

/**
 * @typedef {object} TestEvent one line of `go test -json`
 * @property {string} Action
 * @property {string} [Package]
 * @property {string} [Test]
 * @property {string} [Output]
 */

/**
 * The tests of a Go module.
 *
 * @param {string} folder
 * @param {AbortSignal} signal
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome>}
 */
export async function goTests(folder, signal, env) {
  /** @type {string[]} */
  const lines = [];
  const { code, output } = await runCommand("go", ["test", "-json", "./..."], {
    cwd: folder,
    env,
    signal,
    onLine: (line) => void lines.push(line),
  });
  const { outcome, failures } = readGoTests(lines);
  if (outcome.failed > 0) {
    return { ...outcome, output: failures };
  }
  return code === 0 ? outcome : { ...outcome, failed: 1, note: `go test ended with ${code}`, output };
}

/**
 * Counts tests that have no tests of their own, and what failed without one of these: a test in its own lines, a
 * package that can't be built.
 *
 * @param {string[]} lines of `go test -json`
 * @returns {{ outcome: Outcome, failures: string }}
 */
export function readGoTests(lines) {
  const events = lines.flatMap(readEvent);
  const ended = events.filter(
    ({ Action, Test }) => Test !== undefined && ["pass", "fail", "skip"].includes(Action),
  );
  const parents = new Set(ended.flatMap(ancestors));
  const leaves = ended.filter((event) => !parents.has(named(event)));
  const count = (/** @type {string} */ action) => leaves.filter(({ Action }) => Action === action).length;

  // By package and test, `pkg Test/sub`, for packages `pkg`.
  const failed = events.filter(({ Action, Package }) => Action === "fail" && Package !== undefined);
  const explained = new Set(failed.flatMap(ancestors));
  const causes = failed.filter((event) => !explained.has(named(event)));
  return {
    outcome: { passed: count("pass"), failed: causes.length, skipped: count("skip") },
    failures:
      causes.length > 0
        ? events
            .filter(({ Action }) => Action === "output" || Action === "build-output")
            .map(({ Output }) => Output)
            .join("")
        : "",
  };
}

/**
 * @param {string} line
 * @returns {TestEvent[]}
 */
function readEvent(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return []; // what go says of itself, such as what it downloads
  }
}

/** @param {TestEvent} event */
function named({ Package, Test }) {
  return Test === undefined ? `${Package}` : `${Package} ${Test}`;
}

/**
 * @param {TestEvent} event
 * @returns {string[]} the package of a test and the tests it is in
 */
function ancestors({ Package, Test }) {
  if (Test === undefined) {
    return [];
  }
  const parts = Test.split("/");
  return [
    `${Package}`,
    ...parts.slice(1).map((_, index) => `${Package} ${parts.slice(0, index + 1).join("/")}`),
  ];
}
