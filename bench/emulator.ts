/**
 * How fast the local Twilio is, as a process of its own that is asked over loopback. Run with `npm run bench:emulator`.
 *
 * Prints requests per second and the times of the median and the slowest hundredth, with 32 requests under way on
 * connections that are kept; then how long it takes from the start of the process to the address on its output. All of
 * it with a new account, and again with a database of 100 MB, which is made with the API. Takes about a minute.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const concurrency = 32;
const warmUp = 1_000;
const measured = 5_000;
const large = 100 * 1024 * 1024;
const starts = 5;

const authorization = `Basic ${Buffer.from("AC10ca1000000000000000000000000000:local-twilio").toString("base64")}`;

interface Call {
  readonly method: "GET" | "POST";
  /** Host and path. */
  readonly at: string;
  readonly form?: Readonly<Record<string, string>>;
}

class LocalTwilio {
  readonly startedIn: number;
  readonly #process: ChildProcess;
  readonly #port: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: concurrency });

  private constructor(child: ChildProcess, url: string, startedIn: number) {
    this.#process = child;
    this.#port = new URL(url).port;
    this.startedIn = startedIn;
  }

  static async start(file: string): Promise<LocalTwilio> {
    const before = performance.now();
    const cli = join(import.meta.dirname, "..", "cli", "flex-stack.js");
    const child = spawn(process.execPath, [cli, "emulator", "--port", "0", "--file", file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Local Twilio: (\S+)$/.exec(line)?.[1];
      if (url !== undefined) return new LocalTwilio(child, url, performance.now() - before);
    }
    throw new Error("The local Twilio did not start");
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#process.kill("SIGTERM");
    await once(this.#process, "exit");
  }

  /** Sends a request. @returns the parsed answer @throws Error unless it is a success */
  async send<T = { sid: string }>({ method, at, form }: Call): Promise<T> {
    const [host = ""] = at.split("/", 1);
    const body = new URLSearchParams(form).toString();
    const headers = {
      host,
      authorization,
      ...(form && { "content-type": "application/x-www-form-urlencoded" }),
      "content-length": Buffer.byteLength(body),
    };
    const path = at.slice(host.length);
    const options = { agent: this.#agent, host: "127.0.0.1", port: this.#port, method, path, headers };
    return new Promise((resolve, reject) => {
      request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as T);
          else reject(new Error(`${method} ${at} was answered ${response.statusCode}: ${text}`));
        });
      })
        .on("error", reject)
        .end(body);
    });
  }

  /** Sends so many requests, `concurrency` at a time. @returns how long each took, in milliseconds */
  async sendMany(count: number, call: (index: number) => Call): Promise<number[]> {
    const times: number[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) {
        const index = next++;
        const before = performance.now();
        await this.send(call(index));
        times.push(performance.now() - before);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return times;
  }
}

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
