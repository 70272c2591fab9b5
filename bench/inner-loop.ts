/**
 * What the commands of a day cost on dev when nothing is to change, with all the processes that they start. Run with
 * `npm run bench:inner-loop`; it uses port 4100 and takes about a minute, on a machine that does nothing else.
 *
 *   --before FOLDER   another checkout that is set up, measured in turn with this one
 *   --runs N          of which the median counts  (default 5)
 *   --write           put the table into docs/performance.md
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Checkout } from "./inner-loop/checkout.ts";
import { mediansOf, type Measured } from "./inner-loop/measure.ts";
import { loopTable, marks, writeTable } from "./inner-loop/table.ts";

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

interface Side {
  readonly checkout: Checkout;
  readonly taken: Map<string, Measured[]>;
}

const sides = [root, ...(values.before === undefined ? [] : [resolve(values.before)])].map((from): Side => ({
  checkout: new Checkout(from, stackFiles(from)),
  taken: new Map(),
}));
try {
  for (const one of sides) {
    const emulator = await one.checkout.startEmulator();
    const up = await one.checkout.run("up");
    if (up.code !== 0) throw new Error(`up ended with ${up.code} by ${one.checkout.root}`);
    await emulator.stop();
  }
  for (const command of commands) {
    // One in turn with the other, so that what else the machine does meets both.
    for (let index = 0; index <= Number(values.runs); index++) {
      for (const one of sides) {
        const emulator = await one.checkout.startEmulator();
        const measured = await one.checkout.run(...command.split(" "));
        await emulator.stop();
        // The first one fills caches.
        if (index > 0) one.taken.set(command, [...(one.taken.get(command) ?? []), measured]);
      }
    }
    process.stderr.write(`${command}\n`);
  }
} finally {
  for (const { checkout } of sides) checkout.remove();
}
const [now, before] = sides.map(({ taken }) => taken);
const rows = commands.map((command) => ({
  command,
  now: mediansOf(now?.get(command) ?? []),
  before: before && mediansOf(before.get(command) ?? []),
}));
const table = loopTable(rows);
console.log(table);
if (values.write) writeTable(root, marks.loop, table);

/** The program and the stack of a checkout as they are. */
function stackFiles(from: string): Readonly<Record<string, string>> {
  const program = pathToFileURL(join(from, "index.ts")).href;
  const copied = ["Pulumi.yaml", "Pulumi.dev.yaml"].map((name) => [
    name,
    readFileSync(join(from, name), "utf8"),
  ]);
  return { ...Object.fromEntries(copied), "index.ts": `export * from ${JSON.stringify(program)};\n` };
}
