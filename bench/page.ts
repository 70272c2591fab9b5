/**
 * What the local Twilio's page costs the API, with 10,000 tasks and 100,000 messages. Run with `npm run bench:page`.
 *
 * The same requests with and without a page open, round about: what the local Twilio's process takes of a processor for one,
 * which a busy machine does not change (read from /proc, so on Linux only). A page here is the stream that a browser's holds
 * and, after news that is about it, what a pane asks for, as often as it does; of a page that is hidden there is the stream alone. What the
 * browser itself takes of the machine is left out. Takes some minutes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { get as ask } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { type Call, LocalTwilio } from "./local-twilio.ts";

const tasks = 10_000;
const messages = 100_000;
const rounds = 8;
const perRound = 2_000;
/** As `page/src/data/live.ts` has them, in milliseconds. */
const pause = 300;
const pausePerLook = 40;
const longestPause = 2000;

/** Which news each pane asks after, and for what. */
const panes: Readonly<Record<string, { readonly kinds: RegExp; paths(scene: Scene): readonly string[] }>> = {
  phones: {
    kinds: /"api\.Message"/,
    paths: ({ account }) => [
      `/_emulator/api/api.twilio.com/2010-04-01/Accounts.json`,
      `/_emulator/api/api.twilio.com/2010-04-01/Accounts/${account}/Messages.json?PageSize=100`,
    ],
  },
  agents: {
    kinds: /"taskrouter\.(Worker|Reservation)"/,
    paths: ({ workers }) => [
      "/_emulator/desks?search=",
      ...workers.slice(0, 2).map((sid) => `/_emulator/desks/${sid}`),
    ],
  },
  routing: {
    kinds: /"taskrouter\.(Task|Worker|Reservation)"/,
    paths: () => ["/_emulator/routing"],
  },
  account: { kinds: /./, paths: () => ["/_emulator/resources", "/_emulator/resources/list?limit=50"] },
  hidden: { kinds: /(?!)/, paths: () => [] },
};

interface Scene {
  readonly account: string;
  readonly channel: string;
  readonly tasks: string;
  readonly workers: readonly string[];
  /** Of the account's. */
  readonly number: string;
}

async function setScene(twilio: LocalTwilio): Promise<Scene> {
  const post = (at: string, form: Record<string, string>) => twilio.send({ method: "POST", at, form });
  const { sid: service } = await post("chat.twilio.com/v2/Services", { FriendlyName: "Bench" });
  const at = `chat.twilio.com/v2/Services/${service}/Channels`;
  const channel = `${at}/${(await post(at, { FriendlyName: "Bench" })).sid}/Messages`;
  const { taskrouter_workspace_sid: workspace, account_sid: account } = await twilio.send<{
    taskrouter_workspace_sid: string;
    account_sid: string;
  }>({ method: "GET", at: "flex-api.twilio.com/v1/Configuration" });
  const workspaceAt = `taskrouter.twilio.com/v1/Workspaces/${workspace}`;
  const workers: string[] = [];
  for (let index = 0; index < 20; index++)
    workers.push((await post(`${workspaceAt}/Workers`, { FriendlyName: `worker${index}` })).sid);
  const { incoming_phone_numbers: numbers } = await twilio.send<{
    incoming_phone_numbers: { phone_number: string }[];
  }>({ method: "GET", at: `api.twilio.com/2010-04-01/Accounts/${account}/IncomingPhoneNumbers.json` });
  const number = numbers[0]?.phone_number ?? "";
  const scene = { account, number, channel, tasks: `${workspaceAt}/Tasks`, workers };
  await twilio.sendMany(messages, (index) => message(scene, index));
  await twilio.sendMany(tasks, () => task(scene));
  return scene;
}

const message = ({ channel }: Scene, index: number): Call => ({
  method: "POST",
  at: channel,
  form: { From: "customer", Body: `Message ${index}` },
});
const task = (scene: Scene): Call => ({
  method: "POST",
  at: scene.tasks,
  form: { Attributes: '{"channelType":"sms"}' },
});

/** Opens a page. @returns how it is closed, with how much it read */
function openPage(twilio: LocalTwilio, kinds: RegExp, paths: readonly string[]): () => number {
  let timer: NodeJS.Timeout | undefined;
  let isStale = false;
  let reads = 0;
  let took = 0;
  const options = { host: "127.0.0.1", port: twilio.port };
  const look = (): void => {
    if (timer !== undefined) return void (isStale = true);
    isStale = false;
    const began = performance.now();
    for (const path of paths) {
      reads++;
      ask({ ...options, path }, (response) =>
        response.resume().on("end", () => (took = performance.now() - began)),
      ).on("error", () => undefined);
    }
    timer = setTimeout(
      () => {
        timer = undefined;
        if (isStale) look();
      },
      Math.max(pause, Math.min(took * pausePerLook, longestPause)),
    );
  };
  const stream = ask({ ...options, path: "/_emulator/events" }, (response) => {
    response.on("data", (chunk: Buffer) => kinds.test(chunk.toString()) && look());
    response.on("error", () => undefined);
  }).on("error", () => undefined);
  return () => {
    clearTimeout(timer);
    timer = undefined;
    stream.destroy();
    return reads;
  };
}

/** Milliseconds of a processor that the local Twilio takes for a request of a round. */
async function round(twilio: LocalTwilio, call: (index: number) => Call): Promise<number> {
  const before = twilio.processorTime;
  await twilio.sendMany(perRound, call);
  return ((twilio.processorTime - before) * 1000) / perRound;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), "bench-page-"));
const twilio = await LocalTwilio.start(join(folder, "page.db"));
try {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; ${tasks.toLocaleString("en")} tasks, ` +
      `${messages.toLocaleString("en")} messages; ms of a processor per request, medians of ${rounds} rounds of ${perRound}`,
  );
  const scene = await setScene(twilio);
  const text = (index: number): Call => ({
    method: "POST",
    at: `api.twilio.com/2010-04-01/Accounts/${scene.account}/Messages.json`,
    form: { From: scene.number, To: "+12025550101", Body: `Text ${index}` },
  });
  const calls: Readonly<Record<string, (index: number) => Call>> = {
    "create of a text": text,
    "create of a task": () => task(scene),
  };
  for (const [what, call] of Object.entries(calls)) {
    await round(twilio, call);
    for (const [pane, { kinds, paths }] of Object.entries(panes)) {
      const rates: { alone: number[]; open: number[] } = { alone: [], open: [] };
      for (let index = 0; index < rounds; index++) {
        rates.alone.push(await round(twilio, call));
        const close = openPage(twilio, kinds, paths(scene));
        rates.open.push(await round(twilio, call));
        close();
      }
      const [alone, open] = [median(rates.alone), median(rates.open)];
      console.log(
        what.padEnd(22),
        `${pane} open`.padEnd(14),
        `${alone.toFixed(3)} → ${open.toFixed(3)}`.padStart(14),
        `${(((open - alone) / alone) * 100).toFixed(1)} %`.padStart(9),
      );
    }
  }
} finally {
  await twilio.stop();
  rmSync(folder, { recursive: true, force: true });
}
