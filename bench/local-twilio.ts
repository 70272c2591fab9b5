import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Requests under way at once. */
export const concurrency = 32;

const authorization = `Basic ${Buffer.from("AC10ca1000000000000000000000000000:local-twilio").toString("base64")}`;

/** A request. */
export interface Call {
  readonly method: "GET" | "POST";
  /** Host and path. */
  readonly at: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** A local Twilio as a process of its own, asked over loopback on connections that are kept. */
export class LocalTwilio {
  readonly startedIn: number;
  readonly #process: ChildProcess;
  readonly port: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: concurrency });

  private constructor(child: ChildProcess, url: string, startedIn: number) {
    this.#process = child;
    this.port = new URL(url).port;
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

  /** Seconds of a processor that it took so far; of Linux alone. */
  get processorTime(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    // The kernel counts hundredths of a second, whatever the machine's own clock.
    return (Number(fields[11]) + Number(fields[12])) / 100;
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
    const options = { agent: this.#agent, host: "127.0.0.1", port: this.port, method, path, headers };
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
