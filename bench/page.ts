/**
 * What the local Twilio's page costs the API, with 10,000 tasks and 100,000 messages. Run with `npm run bench:page`.
 *
 * The same requests with and without a page open, round about, so that a busy machine is so for both. A page here is the
 * stream that a browser's holds and, after each piece of news, what the pane that reads most asks for, as often as it does.
 * What the browser itself takes of the machine is left out. Takes two minutes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { get as ask } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { type Call, LocalTwilio } from "./local-twilio.ts";

const tasks = 10_000;
const messages = 100_000;
const rounds = 12;
const perRound = 1_500;
/** As `page/src/data/live.ts` has them, in milliseconds. */
const pause = 300;
const pausePerLook = 40;
const longestPause = 2000;

/** What each pane asks for after news. */
const panes: Readonly<Record<string, (scene: Scene) => readonly string[]>> = {
  phones: ({ account }) => [
    `/_emulator/api/api.twilio.com/2010-04-01/Accounts.json`,
    `/_emulator/api/api.twilio.com/2010-04-01/Accounts/${account}/Messages.json?PageSize=100`,
  ],
  agents: ({ workers }) => [
    "/_emulator/desks?search=",
    ...workers.slice(0, 2).map((sid) => `/_emulator/desks/${sid}`),
  ],
  journey: () => ["/_emulator/journeys?limit=60"],
  routing: () => ["/_emulator/routing"],
  account: () => ["/_emulator/resources", "/_emulator/resources/list?limit=50"],
  time: () => ["/_emulator/clock"],
};

interface Scene {
  readonly account: string;
  readonly channel: string;
  readonly tasks: string;
  readonly workers: readonly string[];
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
  const scene = { account, channel, tasks: `${workspaceAt}/Tasks`, workers };
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
function openPage(twilio: LocalTwilio, paths: readonly string[]): () => number {
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
    response.on("data", look);
    response.on("error", () => undefined);
  }).on("error", () => undefined);
  return () => {
    clearTimeout(timer);
    timer = undefined;
    stream.destroy();
    return reads;
  };
}

/** Requests per second of a round. */
async function round(twilio: LocalTwilio, call: (index: number) => Call): Promise<number> {
  const before = performance.now();
  await twilio.sendMany(perRound, call);
  return perRound / ((performance.now() - before) / 1000);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), "bench-page-"));
const twilio = await LocalTwilio.start(join(folder, "page.db"));
try {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; ${tasks.toLocaleString("en")} tasks, ` +
      `${messages.toLocaleString("en")} messages; requests per second, medians of ${rounds} rounds of ${perRound}`,
  );
  const scene = await setScene(twilio);
  const calls: Readonly<Record<string, (index: number) => Call>> = {
    "fetch of a service": () => ({ method: "GET", at: scene.channel.replace(/\/Channels.*$/, "") }),
    "create of a message": (index) => message(scene, index),
    "create of a task": () => task(scene),
  };
  for (const [what, call] of Object.entries(calls)) {
    await round(twilio, call);
    for (const [pane, paths] of Object.entries(panes)) {
      const rates: { alone: number[]; open: number[] } = { alone: [], open: [] };
      for (let index = 0; index < rounds; index++) {
        rates.alone.push(await round(twilio, call));
        const close = openPage(twilio, paths(scene));
        rates.open.push(await round(twilio, call));
        close();
      }
      const [alone, open] = [median(rates.alone), median(rates.open)];
      console.log(
        what.padEnd(22),
        `${pane} open`.padEnd(14),
        `${alone.toFixed(0)} → ${open.toFixed(0)}`.padStart(14),
        `${(((open - alone) / alone) * 100).toFixed(1)} %`.padStart(9),
      );
    }
  }
} finally {
  await twilio.stop();
  rmSync(folder, { recursive: true, force: true });
}
