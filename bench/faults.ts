/**
 * Kills `up`, an update and `destroy` of dev with -9, each at another request and another process, runs the command once
 * more, and compares account and state with those of an undisturbed run. Run with `npm run bench:faults`; it uses port
 * 4100 and takes about half a minute of processor time for each kill.
 *
 *   --count N     how many kills  (default 200)
 *   --jobs N      how many at a time, each with a project of its own on the ports from 4100 on  (default 1)
 *   --results F   keep what came of each kill in a file, and go on from there: all of them take half an hour and more
 *   --disk-full   in place of kills: fill the disk of the state, and that of the local Twilio, in the middle of each
 *                 command of a small program; needs Linux and the right to mount, for this process alone
 *   --embedded    in place of kills: kill flex-stack with the local Twilio that it runs itself, on dev
 *   --write       put the table into docs/reliability.md
 *   --verbose     print what was said where something was not as it should be
 */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { disks, fullMarks, fullTable, mountingPrefix, runFull, type FullTold } from "./faults/disk-full.ts";
import {
  reference,
  runEmbeddedKill,
  runKill,
  scenarios,
  type Reference,
  type Scenario,
} from "./faults/kills.ts";
import { Project } from "./faults/project.ts";
import { killCases, killTable, withTable, type Told } from "./faults/table.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200" },
    jobs: { type: "string", default: "1" },
    results: { type: "string" },
    "disk-full": { type: "boolean", default: false },
    embedded: { type: "boolean", default: false },
    mounting: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
if (values["disk-full"] && !values.mounting) process.exit(mounting());

/** A project, and how its scenarios end when nothing disturbs them. */
interface Lane {
  readonly project: Project;
  readonly references: Record<Scenario, Reference>;
}

const projects: Project[] = [];
const kept: string[] = [];
let allHealed = false;
try {
  const jobs = values["disk-full"] || values.embedded ? 1 : Number(values.jobs);
  const lanes = await Promise.all(Array.from({ length: jobs }, (_, index) => lane(4100 + index)));
  const [{ project, references }] = lanes as [Lane];
  if (values["disk-full"]) allHealed = await fillDisks(project, references);
  else if (values.embedded) allHealed = await killEmbedded(project, references);
  else allHealed = await killAll(lanes);
} finally {
  for (const project of projects) project.remove();
  for (const folder of kept) rmSync(folder, { recursive: true, force: true });
}
process.exitCode = allHealed ? 0 : 1;

async function lane(port: number): Promise<Lane> {
  const project = new Project(port, values["disk-full"]);
  projects.push(project);
  const up = await reference(project, "up", undefined);
  const afterUp = keep(project);
  const update = await reference(project, "update", afterUp);
  const destroy = await reference(project, "destroy", keep(project));
  return { project, references: { up, update, destroy } };
}

function keep(project: Project): string {
  const folder = project.save();
  kept.push(folder);
  return folder;
}

async function killAll(lanes: readonly Lane[]): Promise<boolean> {
  const cases = killCases(Number(values.count));
  const results = readResults(cases.length);
  const told: Told[] = cases.flatMap((one, at) => {
    const healed = results.get(at);
    return healed === undefined ? [] : [{ ...one, healed }];
  });
  const waiting = [...cases.entries()].filter(([at]) => !results.has(at)).values();
  await Promise.all(
    lanes.map(async ({ project, references }) => {
      for (const [at, one] of waiting) {
        const { problems, request, output } = await runKill(project, one, references[one.scenario]);
        const healed = problems.length === 0;
        told.push({ ...one, healed });
        if (values.results !== undefined)
          appendFileSync(values.results, `${JSON.stringify({ of: cases.length, at, healed })}\n`);
        const where = [one.scenario, one.victim, one.moment, request].join(", ");
        tell(`${told.length}/${cases.length}`, where, problems, output);
      }
    }),
  );
  put(killTable(told));
  return told.every(({ healed }) => healed);
}

/** What came of kills in an earlier run of as many, by their place among them. */
function readResults(count: number): Map<number, boolean> {
  const file = values.results;
  const lines = file === undefined || !existsSync(file) ? [] : readFileSync(file, "utf8").trim().split("\n");
  return new Map(
    lines.flatMap((line): [number, boolean][] => {
      const { of, at, healed } = JSON.parse(line) as { of: number; at: number; healed: boolean };
      return of === count ? [[at, healed]] : [];
    }),
  );
}

async function killEmbedded(project: Project, references: Lane["references"]): Promise<boolean> {
  let healed = 0;
  const cases = scenarios.flatMap((scenario) => [0.1, 0.5, 0.9].map((at) => ({ scenario, at })));
  for (const [index, one] of cases.entries()) {
    const { problems, request, output } = await runEmbeddedKill(project, one, references[one.scenario]);
    if (problems.length === 0) healed += 1;
    tell(
      `${index + 1}/${cases.length}`,
      `${one.scenario}, flex-stack with its local Twilio, ${request}`,
      problems,
      output,
    );
  }
  console.log(`\n${healed} of ${cases.length} healed`);
  return healed === cases.length;
}

async function fillDisks(project: Project, references: Lane["references"]): Promise<boolean> {
  const told: FullTold[] = [];
  const cases = disks.flatMap((disk) =>
    scenarios.flatMap((scenario) => [0.3, 0.7].map((at) => ({ scenario, disk, at }))),
  );
  for (const [index, one] of cases.entries()) {
    const { problems, seconds, output } = await runFull(project, one, references[one.scenario]);
    told.push({ ...one, seconds, healed: problems.length === 0 });
    const where = `${one.scenario}, disk of ${one.disk} full, told after ${seconds.toFixed(1)} s`;
    tell(`${index + 1}/${cases.length}`, where, problems, output);
  }
  put(fullTable(told), fullMarks);
  return told.every(({ healed }) => healed);
}

function tell(count: string, where: string, problems: readonly string[], output: string): void {
  console.log(`${count} ${problems.length === 0 ? "healed" : "NOT HEALED"}: ${where}`);
  for (const problem of problems) console.log(`    ${problem.slice(0, 400)}`);
  if (problems.length > 0 && values.verbose) console.log(output);
}

function put(table: string, marks?: readonly [string, string]): void {
  console.log(`\n${table}`);
  if (!values.write) return;
  const file = `${root}docs/reliability.md`;
  writeFileSync(file, withTable(readFileSync(file, "utf8"), table, marks));
  execFileSync(`${root}node_modules/.bin/prettier`, ["--write", file]);
}

/** Runs this once more where it may mount. @returns the exit code */
function mounting(): number {
  const [command, ...options] = mountingPrefix() ?? [];
  if (command === undefined) {
    console.error(
      "Nothing was run: this machine lets nobody here mount a small disk (unshare --mount). Run it as root, on Linux.",
    );
    return 2;
  }
  const self = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2), "--mounting"];
  return spawnSync(command, [...options, process.execPath, ...self], { stdio: "inherit" }).status ?? 1;
}
