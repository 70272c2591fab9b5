/**
 * What the commands of a day cost on dev when nothing is to change, with all the processes that they start. Run with
 * `npm run bench:inner-loop`; it uses port 4100 and takes about a minute, on a machine that does nothing else.
 *
 *   --before FOLDER   another checkout that is set up, measured in turn with this one
 *   --runs N          of which the median counts  (default 5)
 *   --write           put the table into docs/performance.md
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { measure, median, type Measured } from "./inner-loop/measure.ts";
import { loopTable, withLoopTable, type Medians } from "./inner-loop/table.ts";

const { values } = parseArgs({
  options: {
    before: { type: "string" },
    runs: { type: "string", default: "5" },
    write: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const commands = [
  "up",
  "preview",
  "drift",
  'route --task {"skill":"billing"}',
  "diagnose --health",
  "--help",
];

/** A checkout, and a project of its own that runs by it. */
interface Side {
  readonly root: string;
  readonly folder: string;
  readonly taken: Map<string, Measured[]>;
}

const sides = [root, ...(values.before === undefined ? [] : [resolve(values.before)])].map(side);
try {
  for (const one of sides) {
    const emulator = await startEmulator(one);
    const up = await run(one, "up");
    if (up.code !== 0) throw new Error(`up ended with ${up.code} by ${one.root}`);
    await stop(emulator);
  }
  for (const command of commands) {
    // One in turn with the other, so that what else the machine does meets both.
    for (let index = 0; index <= Number(values.runs); index++) {
      for (const one of sides) {
        const emulator = await startEmulator(one);
        const measured = await run(one, command);
        await stop(emulator);
        // The first one fills caches.
        if (index > 0) one.taken.set(command, [...(one.taken.get(command) ?? []), measured]);
      }
    }
    process.stderr.write(`${command}\n`);
  }
} finally {
  for (const { folder } of sides) rmSync(folder, { recursive: true, force: true });
}
const [now, before] = sides.map(({ taken }) => taken);
const rows = commands.map((command) => ({
  command,
  now: medians(now?.get(command) ?? []),
  before: before && medians(before.get(command) ?? []),
}));
const table = loopTable(rows);
console.log(table);
if (values.write) {
  const file = `${root}docs/performance.md`;
  writeFileSync(file, withLoopTable(readFileSync(file, "utf8"), table));
  execFileSync(`${root}node_modules/.bin/prettier`, ["--write", file]);
}

function side(from: string): Side {
  const folder = mkdtempSync(join(tmpdir(), "inner-loop-"));
  for (const linked of ["node_modules", "policy", "provider"])
    symlinkSync(join(from, linked), join(folder, linked));
  for (const copied of ["package.json", "Pulumi.yaml", "Pulumi.dev.yaml"])
    cpSync(join(from, copied), join(folder, copied));
  const program = pathToFileURL(join(from, "index.ts")).href;
  writeFileSync(join(folder, "index.ts"), `export * from ${JSON.stringify(program)};\n`);
  mkdirSync(join(folder, ".local"));
  return { root: from, folder, taken: new Map() };
}

function environment(): NodeJS.ProcessEnv {
  const { PULUMI_BACKEND_URL: _, PULUMI_CONFIG_PASSPHRASE: __, ...env } = process.env;
  return { ...env, NO_COLOR: "1" };
}

function run({ root: from, folder }: Side, command: string): Promise<Measured> {
  const words = [
    join(from, "node_modules", ".bin", "node"),
    join(from, "cli", "main.ts"),
    ...command.split(" "),
  ];
  return measure(words, { cwd: folder, env: environment() });
}

async function startEmulator({ root: from, folder }: Side): Promise<ChildProcess> {
  const words = [join(from, "cli", "main.ts"), "emulator"];
  const child = spawn(join(from, "node_modules", ".bin", "node"), words, {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith("Local Twilio:")) break;
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  await once(child, "exit");
}

function medians(taken: readonly Measured[]): Medians {
  return {
    wall: median(taken.map(({ wall }) => wall)),
    cpu: median(taken.map(({ cpu }) => cpu)),
    memory: median(taken.map(({ memory }) => memory)),
  };
}
