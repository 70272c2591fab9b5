/**
 * @typedef {object} Outcome of one runner
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped] tests that are switched off
 * @property {string} [output] what is shown of a failure; jest shows its own
 * @property {string} [note] what else there is to say, such as why nothing ran
 */

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<Outcome>} run
 */

/**
 * The outcomes as a table.
 *
 * @param {{ name: string, outcome: Outcome, time: string }[]} results
 */
export function table(results) {
  const rows = [
    ["", "passed", "failed", "time", ""],
    ...results.map(({ name, outcome, time }) => [
      name,
      String(outcome.passed),
      String(outcome.failed),
      time,
      [outcome.skipped ? `${outcome.skipped} skipped` : "", outcome.note ?? ""].filter(Boolean).join("; "),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * All outcomes added up, and the line that says so. What did not run counts neither way; the table names it.
 *
 * @param {Outcome[]} outcomes
 */
export function totals(outcomes) {
  const add = (/** @type {(outcome: Outcome) => number} */ of) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  const passed = add((outcome) => outcome.passed);
  const failed = add((outcome) => outcome.failed);
  return { passed, failed, line: `${passed} passed, ${failed} failed` };
}
