import { mkdirSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { kill, type Victim } from "./processes.ts";
import type { Ended, Project } from "./project.ts";
import { differences, snapshot, type Snapshot } from "./snapshot.ts";

export const scenarios = ["up", "update", "destroy"] as const;
export type Scenario = (typeof scenarios)[number];

/** Where a request is when the kill comes. */
export const moments = ["before it arrives", "done, not answered", "answered"] as const;
export type Moment = (typeof moments)[number];

export interface KillCase {
  scenario: Scenario;
  victim: Victim;
  moment: Moment;
  /** Which request, from 0 up to 1: the first to the last. */
  at: number;
}

/** A kill at a request of a kind, or of another command. */
export interface Kill extends Omit<KillCase, "at"> {
  /** Which request, as in a case; or the first whose name matches. */
  at: number | RegExp;
  /** What is killed. @default the scenario's command without a look first */
  command?: string[];
  /** The configuration is what it was before, when the run after it goes on. @default false */
  back?: boolean;
}

/** Where a scenario starts and how it ends when nothing disturbs it. */
export interface Reference {
  /** Folder with the state and account it starts from; undefined: neither. */
  start: string | undefined;
  requests: number;
  end: Snapshot;
}

export interface KillResult {
  killed: number;
  request: string;
  /** Everything that was not as it should be; empty: the run after it ended like an undisturbed one. */
  problems: string[];
  output: string;
}

/** Something of everything: what is created, changed and deleted by an update. */
export function edited(text: string): string {
  if (!text.includes("flex-messaging:"))
    return text.replace("config:", 'config:\n  flex-messaging:edited: "true"');
  return text
    .replace("{friendlyName: Returns, skill: returns}", "{friendlyName: Returns, skill: returned}")
    .replace(
      "      overflow: {friendlyName: Overflow}\n",
      "      overflow: {friendlyName: Overflow}\n      vip: {friendlyName: VIP, skill: vip}\n",
    )
    .replace("      Training: {available: false}\n", "      Coaching: {available: false}\n")
    .replace(
      "        friendlyName: auditor\n",
      "        friendlyName: auditor\n        # More than before.\n",
    )
    .replace("permissions: [leaveChannel]", "permissions: [leaveChannel, editChannelName]")
    .replace("defaultTtl: 0", "defaultTtl: 60")
    .replace("[dev] Welcome! One moment.", "[dev] Welcome back!")
    .replace("userChannels: 250", "userChannels: 200")
    .replace(
      "      pat: {skills: [partners]",
      "      zoe: {skills: [sales], activity: Available, attributes: {level: 1}}\n      pat: {skills: [partners, sales]",
    )
    .replace("friendlyName: Shop", "friendlyName: The shop");
}

export function commandOf(scenario: Scenario): string[] {
  return scenario === "destroy" ? ["destroy", "--yes"] : ["up", "--no-policy"];
}

/** An account that a project's commands find running, and what is to happen at its requests. */
export class Account {
  readonly #project: Project;
  #emulator: Emulator | undefined;
  #count = 0;
  /** Told of each request before it is handled; true drops it. */
  onRequest: (count: number, name: string) => "before" | "after" | undefined = () => undefined;
  onHandled: (count: number) => void = () => undefined;

  constructor(project: Project) {
    this.#project = project;
  }

  get requests(): number {
    return this.#count;
  }

  async open(): Promise<void> {
    mkdirSync(dirname(this.#project.database), { recursive: true });
    this.#count = 0;
    let handled = 0;
    this.#emulator = await startEmulator({
      file: this.#project.database,
      port: this.#project.port,
      fault: ({ method, host, target }) => {
        this.#count += 1;
        const drop = this.onRequest(this.#count, `${method} ${host}${target.split("?")[0]}`);
        return drop === undefined ? undefined : { drop };
      },
      onExchange: () => this.onHandled(++handled),
    });
  }

  async close(): Promise<void> {
    await this.#emulator?.close();
    this.#emulator = undefined;
  }
}

/** Runs a scenario undisturbed. */
export async function reference(
  project: Project,
  scenario: Scenario,
  start: string | undefined,
): Promise<Reference> {
  project.restore(start);
  project.configure(scenario === "up" ? (text) => text : edited);
  const account = new Account(project);
  await account.open();
  const { code, output } = await project.run(...commandOf(scenario));
  const { requests } = account;
  await account.close();
  if (code !== 0) throw new Error(`${scenario} failed undisturbed:\n${output}`);
  return { start, requests, end: snapshot(project.database, project.state) };
}

/**
 * Kills a scenario at a request, runs a command after it, and compares what came of it.
 *
 * @param onward The command that is to lead on; the same once more unless it says otherwise.
 */
export async function runKill(
  project: Project,
  one: Kill,
  { start, requests, end }: Reference,
  onward: string[] = onwardOf(one.scenario),
): Promise<KillResult> {
  project.restore(start);
  project.configure(one.scenario === "up" ? (text) => text : edited);
  const account = new Account(project);
  await account.open();
  const { at, command = commandOf(one.scenario) } = one;
  const wanted = typeof at === "number" ? 1 + Math.round(at * (requests - 1)) : at;
  let killed = 0;
  let request = "";
  const { child, ended } = project.start(...command);
  const strike = (): void => void (killed = kill(child.pid ?? 0, one.victim));
  account.onRequest = (count, name) => {
    if (request !== "" || !(typeof wanted === "number" ? count === wanted : wanted.test(name)))
      return undefined;
    request = name;
    if (one.moment === "before it arrives") {
      strike();
      return "before";
    }
    account.onHandled = () => {
      account.onHandled = () => undefined;
      if (one.moment === "answered") setTimeout(strike, 2);
      else strike();
    };
    return one.moment === "answered" ? undefined : "after";
  };
  const first = await ended;
  account.onRequest = () => undefined;
  if (one.back === true) project.configure((text) => text);
  const problems: string[] = [];
  if (killed === 0) problems.push("nothing was killed");
  const second = await project.run(...onward);
  await account.close();
  problems.push(...problemsAfter(project, second, end));
  return { killed, request, problems, output: `${first.output}\n--- then ---\n${second.output}` };
}

/**
 * Kills `flex-stack` with the local Twilio that it runs itself, at a request or soon after, runs the command once more, and
 * compares what came of it.
 */
export async function runEmbeddedKill(
  project: Project,
  { scenario, at }: { scenario: Scenario; at: number },
  { start, requests, end }: Reference,
  onward: string[] = onwardOf(scenario),
): Promise<KillResult> {
  project.restore(start);
  project.configure(scenario === "up" ? (text) => text : edited);
  const wanted = 1 + Math.round(at * (requests - 1));
  const { child, ended } = project.start(...commandOf(scenario));
  let killed = 0;
  let over = false;
  void ended.then(() => (over = true));
  while (!over && killed === 0) {
    if ((await countRequests(project.port)) >= wanted) killed = kill(child.pid ?? 0, "flex-stack");
    else await sleep(5);
  }
  const first = await ended;
  const second = await project.run(...onward);
  const problems = problemsAfter(project, second, end);
  if (killed === 0) problems.unshift("nothing was killed");
  return {
    killed,
    request: `request ${wanted}`,
    problems,
    output: `${first.output}\n--- then ---\n${second.output}`,
  };
}

/** The command that is to lead on. */
function onwardOf(scenario: Scenario): string[] {
  return [scenario === "destroy" ? "destroy" : "up", "--yes"];
}

/** What is not as after an undisturbed run, once a command was run that leads on. */
export function problemsAfter(project: Project, second: Ended, end: Snapshot): string[] {
  const problems: string[] = [];
  if (second.code !== 0) problems.push(`exit code ${second.code}`);
  if (/warning|error/i.test(second.output)) problems.push("a warning or an error");
  const found = snapshot(project.database, project.state);
  for (const part of ["account", "state"] as const) {
    problems.push(...differences(found[part], end[part]).map((line) => `${part} has ${line}`));
    problems.push(...differences(end[part], found[part]).map((line) => `${part} lacks ${line}`));
  }
  if (listed(project.locks).length > 0) problems.push("a lock is left");
  return problems;
}

/** How many requests a local Twilio has had; 0 where none answers. */
async function countRequests(port: number): Promise<number> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/_emulator/requests?limit=0`);
    return ((await answer.json()) as { total: number }).total;
  } catch {
    return 0;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
