/**
 * How fast the local Twilio is, as a process of its own that is asked over loopback. Run with `npm run bench:emulator`.
 *
 * Prints requests per second and the times of the median and the slowest hundredth, with 32 requests under way on
 * connections that are kept; then how long it takes from the start of the process to the address on its output. All of
 * it with a new account, and again with a database of 100 MB, which is made with the API. Takes about a minute.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type Call, concurrency, LocalTwilio } from "./local-twilio.ts";

const warmUp = 1_000;
const measured = 5_000;
const large = 100 * 1024 * 1024;
const starts = 5;

/** What is measured: resources that there are many of, alone and in a list, and a task, which goes through a workflow. */
interface Scene {
  readonly users: string;
  readonly userSids: readonly string[];
  readonly tasks: string;
}

async function setScene(twilio: LocalTwilio): Promise<Scene> {
  const service = await twilio.send({
    method: "POST",
    at: "chat.twilio.com/v2/Services",
    form: { FriendlyName: `Bench ${Date.now()}` },
  });
  const users = `chat.twilio.com/v2/Services/${service.sid}/Users`;
  const userSids: string[] = [];
  for (let index = 0; index < 200; index++)
    userSids.push((await twilio.send({ method: "POST", at: users, form: { Identity: `user${index}` } })).sid);
  const { workspaces } = await twilio.send<{ workspaces: { sid: string }[] }>({
    method: "GET",
    at: "taskrouter.twilio.com/v1/Workspaces",
  });
  return { users, userSids, tasks: `taskrouter.twilio.com/v1/Workspaces/${workspaces[0]?.sid}/Tasks` };
}

async function measure(label: string, twilio: LocalTwilio): Promise<void> {
  const { users, userSids, tasks } = await setScene(twilio);
  let made = 0;
  const calls: Record<string, (index: number) => Call> = {
    fetch: (index) => ({ method: "GET", at: `${users}/${userSids[index % userSids.length]}` }),
    "list of 50": () => ({ method: "GET", at: `${users}?PageSize=50` }),
    create: () => ({ method: "POST", at: users, form: { Identity: `made${++made}` } }),
    "create of a task": () => ({ method: "POST", at: tasks, form: { Attributes: '{"channelType":"sms"}' } }),
  };
  for (const [name, call] of Object.entries(calls)) {
    await twilio.sendMany(warmUp, call);
    const before = performance.now();
    const times = (await twilio.sendMany(measured, call)).sort((a, b) => a - b);
    const perSecond = Math.round(measured / ((performance.now() - before) / 1000));
    const at = (share: number): string => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`;
    print(label, name, perSecond.toLocaleString("en"), at(0.5), at(0.99));
  }
}

/** Fills a database with chat messages of 2 kB. @returns how many */
async function fill(twilio: LocalTwilio, file: string): Promise<number> {
  const at = "chat.twilio.com/v2/Services";
  const service = await twilio.send({ method: "POST", at, form: { FriendlyName: "Large" } });
  const channels: string[] = [];
  for (let index = 0; index < 100; index++) {
    const form = { FriendlyName: `Channel ${index}` };
    const channel = await twilio.send({ method: "POST", at: `${at}/${service.sid}/Channels`, form });
    channels.push(`${at}/${service.sid}/Channels/${channel.sid}/Messages`);
  }
  const body = "A message of a usual size. ".repeat(75);
  let count = 0;
  while (statSync(file).size < large) {
    await twilio.sendMany(2_000, (index) => ({
      method: "POST",
      at: channels[index % channels.length] ?? "",
      form: { From: "customer", Body: `${index} ${body}` },
    }));
    count += 2_000;
  }
  return count;
}

async function using<T>(file: string, work: (twilio: LocalTwilio) => Promise<T>): Promise<T> {
  const twilio = await LocalTwilio.start(file);
  try {
    return await work(twilio);
  } finally {
    await twilio.stop();
  }
}

async function measureStart(label: string, file: (index: number) => string): Promise<void> {
  const times: number[] = [];
  for (let index = 0; index < starts; index++) {
    const twilio = await LocalTwilio.start(file(index));
    times.push(twilio.startedIn);
    await twilio.stop();
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(starts / 2)] ?? 0;
  print(label, "start", "", `${median.toFixed(0)} ms`, `${(times.at(-1) ?? 0).toFixed(0)} ms`);
}

function print(...columns: [label: string, what: string, rate: string, median: string, slow: string]): void {
  const [label, what, ...numbers] = columns;
  console.log(label.padEnd(14), what.padEnd(18), ...numbers.map((text) => text.padStart(10)));
}

const folder = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const [cpu] = cpus();
  console.log(
    `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ` +
      `${concurrency} requests at a time, ${measured.toLocaleString("en")} of each kind; starts: ${starts}`,
  );
  print("database", "", "requests/s", "p50", "p99");
  const [small, big] = [join(folder, "small.db"), join(folder, "large.db")];
  await using(small, (twilio) => measure("new account", twilio));
  await measureStart("new account", (index) => join(folder, `new${index}.db`));
  const rows = await using(big, (twilio) => fill(twilio, big));
  await measureStart("100 MB", () => big);
  await using(big, (twilio) => measure("100 MB", twilio));
  console.log(`The database of 100 MB holds ${rows.toLocaleString("en")} chat messages of 2 kB.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
