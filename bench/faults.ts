/**
 * Kills `up`, an update and `destroy` of dev with -9, each at another request and another process, runs the command once
 * more, and compares account and state with those of an undisturbed run. Run with `npm run bench:faults`; it uses port
 * 4100 and takes about half a minute of processor time for each kill.
 *
 *   --count N   how many kills  (default 200)
 *   --write     put the table into docs/reliability.md
 *   --verbose   print what was said where something was not as it should be
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { reference, runKill, type Reference, type Scenario } from "./faults/kills.ts";
import { Project } from "./faults/project.ts";
import { killCases, killTable, withTable, type Told } from "./faults/table.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200" },
    write: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const project = new Project(4100);
const kept: string[] = [];
const told: Told[] = [];
try {
  const up = await reference(project, "up", undefined);
  kept.push(project.save());
  const update = await reference(project, "update", kept[0]);
  kept.push(project.save());
  const destroy = await reference(project, "destroy", kept[1]);
  const references: Record<Scenario, Reference> = { up, update, destroy };
  const cases = killCases(Number(values.count));
  for (const [index, one] of cases.entries()) {
    const { problems, request, output } = await runKill(project, one, references[one.scenario]);
    const healed = problems.length === 0;
    told.push({ ...one, healed });
    const where = [one.scenario, one.victim, one.moment, request].join(", ");
    console.log(`${index + 1}/${cases.length} ${healed ? "healed" : "NOT HEALED"}: ${where}`);
    for (const problem of problems) console.log(`    ${problem.slice(0, 400)}`);
    if (!healed && values.verbose) console.log(output);
  }
} finally {
  project.remove();
  for (const folder of kept) rmSync(folder, { recursive: true, force: true });
}
const table = killTable(told);
console.log(`\n${table}`);
if (values.write) {
  const file = `${root}docs/reliability.md`;
  writeFileSync(file, withTable(readFileSync(file, "utf8"), table));
  execFileSync(`${root}node_modules/.bin/prettier`, ["--write", file]);
}
process.exitCode = told.every(({ healed }) => healed) ? 0 : 1;
