/**
 * What a stack of many resources costs: making it, comparing it, deleting it. Run with `npm run bench:scale`; it uses port
 * 4100 and takes some minutes, on a machine that does nothing else.
 *
 *   --before FOLDER   another checkout that is set up, measured in turn with this one
 *   --runs N          of which the median counts  (default 3)
 *   --sizes N,N       resources  (default 201,1002,2004)
 *   --write           put the table into docs/performance.md
 *   --quick           201 resources once, without delay; fails when a command sends more requests than it should
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Checkout } from "./inner-loop/checkout.ts";
import { median, mediansOf, type Measured } from "./inner-loop/measure.ts";
import { marks, scaleTable, writeTable, type ScaleRow } from "./inner-loop/table.ts";

const { values } = parseArgs({
  options: {
    before: { type: "string" },
    runs: { type: "string", default: "3" },
    sizes: { type: "string", default: "201,1002,2004" },
    write: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const [sizes, runs, latency] = values.quick ? ["201", 1, 0] : [values.sizes, Number(values.runs), 100];
const commands = ["up", "preview --refresh", "drift", "destroy --yes"];
const rows: ScaleRow[] = [];

type Taken = Measured & { readonly requests: number };

for (const resources of sizes.split(",").map(Number)) {
  const sides = [root, ...(values.before === undefined ? [] : [resolve(values.before)])].map((from) => ({
    checkout: new Checkout(from, files(resources)),
    taken: new Map<string, Taken[]>(),
  }));
  try {
    for (let index = 0; index < runs; index++)
      for (const { checkout, taken } of sides) await round(checkout, taken, resources);
  } finally {
    for (const { checkout } of sides) checkout.remove();
  }
  const [now, before] = sides.map(({ taken }) => taken);
  for (const command of commands)
    rows.push({
      ...{ resources, latency, command },
      now: withRequests(now?.get(command) ?? []),
      before: before && withRequests(before.get(command) ?? []),
    });
}
const table = scaleTable(rows);
console.log(table);
if (values.write) writeTable(root, marks.scale, table);
if (values.quick) {
  for (const { command, resources, now } of rows) {
    const most = mostRequests(command, resources);
    if (now.requests <= most) continue;
    console.error(
      `${command} of ${resources} resources sent ${now.requests} requests, where ${most} are enough.`,
    );
    process.exitCode = 1;
  }
}

/** One for each write; of reads one for each page of a list, and some that every command sends. */
function mostRequests(command: string, resources: number): number {
  return /^(up|destroy)/.test(command) ? resources + 3 : 10 + Math.ceil(resources / 500);
}

/** Each command once, from an empty account to an empty account. */
async function round(checkout: Checkout, taken: Map<string, Taken[]>, resources: number): Promise<void> {
  checkout.empty();
  const emulator = await checkout.startEmulator();
  try {
    if (latency > 0) await emulator.slow(latency);
    for (const command of commands) {
      const before = await emulator.requests();
      const measured = await checkout.run(...command.split(" "));
      if (measured.code !== 0) throw new Error(`${command} ended with ${measured.code} by ${checkout.root}`);
      const requests = (await emulator.requests()) - before;
      taken.set(command, [...(taken.get(command) ?? []), { ...measured, requests }]);
      const { wall, cpu, memory } = measured;
      process.stderr.write(
        `${resources} ${command} ${wall.toFixed(1)} s ${cpu.toFixed(1)} CPU-s ${memory.toFixed(0)} MB ${requests} requests ${checkout.root}\n`,
      );
    }
  } finally {
    await emulator.stop();
  }
}

function withRequests(taken: readonly Taken[]): ScaleRow["now"] {
  return { ...mediansOf(taken), requests: median(taken.map(({ requests }) => requests)) };
}

/** A workspace with as many queues as workers. */
function files(resources: number): Readonly<Record<string, string>> {
  return {
    "Pulumi.yaml": `name: scale
runtime: { name: nodejs, options: { typescript: false } }
backend: { url: "file://.?metadata=skip" }
packages: { twilio: ./provider }
`,
    "Pulumi.dev.yaml": `config:
  twilio:accountSid: AC10ca1000000000000000000000000000
  twilio:authToken: local-twilio
  twilio:endpoint: http://127.0.0.1:4100
`,
    "index.ts": `import * as twilio from "@pulumi/twilio";
const workspace = new twilio.taskrouter.Workspace("workspace", { friendlyName: "Scale" });
for (let index = 0; index < ${resources - 1}; index++) {
  const friendlyName = \`Number \${index}\`;
  const inside = { workspaceSid: workspace.sid, friendlyName };
  if (index % 2 === 0) new twilio.taskrouter.TaskQueue(\`queue-\${index}\`, { ...inside, targetWorkers: \`skill == "\${index}"\` });
  else new twilio.taskrouter.Worker(\`worker-\${index}\`, { ...inside, attributes: { contact_uri: \`client:\${index}\`, skill: String(index) } });
}
`,
  };
}
