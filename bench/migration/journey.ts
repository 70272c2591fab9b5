import { Project } from "../faults/project.ts";
import { kill } from "../faults/processes.ts";
import { Random } from "../random.ts";
import { Account } from "./account.ts";
import { Desk } from "./desk.ts";
import { settle, type Moment, type Outcome } from "./ledger.ts";
import { configure, type Cut, type Stack, type Stage } from "./project.ts";
import { Traffic } from "./traffic.ts";

export interface Plan {
  readonly seed: number;
  readonly cut: Cut;
  readonly customers: number;
  readonly numbers: number;
  /** Texts between two stages. */
  readonly texts: number;
  /** Whether a number's own URL gets texts, too, that a conversation has taken. */
  readonly numberUrlToo: boolean;
  /** Whether numbers go back once, after they were moved. */
  readonly andBack: boolean;
  /** Whether requests fail and `up` is killed. */
  readonly disturbed: boolean;
}

export interface Migrated {
  readonly plan: Plan;
  /** Before anything was reconciled. */
  readonly outcome: Outcome;
  /** After what was lost was put into conversations. */
  readonly reconciled: Outcome;
  /** Texts that were put into conversations. */
  readonly replayed: number;
  /** How often `up` was killed, and requests failed on purpose. */
  readonly kills: number;
  readonly failures: number;
  /** What `up` said when it did not come to its end after being repeated. */
  readonly problems: readonly string[];
}

/** How often `up` is tried for one stage: each kill and failure may need another one. */
const tries = 8;

/** Moves numbers while customers write, and tells what became of everything that was written. */
export async function migrate(plan: Plan): Promise<Migrated> {
  const random = new Random(plan.seed);
  const account = await Account.open(plan.numberUrlToo);
  const project = new Project(account.emulator.port);
  try {
    const numbers = await buy(account, plan.numbers);
    const stack: Stack = { numbers, cut: plan.cut, messagingServiceSid: await autocreator(account) };
    const course = new Course(plan, project, account, stack, random);
    await course.go("legacy", "legacy");
    const desk = await Desk.open(account, ["alice", "bob", "pat"], random);
    const traffic = new Traffic(account, desk, random, plan.customers, numbers);
    course.traffic = traffic;
    const day = async (moment: Moment, ended: number) => {
      traffic.moment = moment;
      await traffic.day(plan.texts, ended);
    };
    await day("legacy", 0.1);
    await course.go("prepared", "preparing");
    await day("prepared", 0.1);
    if (plan.cut === "drain") await desk.work(1);
    await course.go("cut", "cutting");
    await day("cut", 0.1);
    if (plan.andBack) {
      if (plan.cut === "drain") await desk.work(1);
      await course.go("prepared", "going back");
      await day("back", 0.1);
      if (plan.cut === "drain") await desk.work(1);
      await course.go("cut", "cutting again");
      await day("cut again", 0.1);
    }
    // Chats go on for days; then all are over, and with them the sessions.
    await account.advance(3 * 86_400);
    await day("late", 0.3);
    await desk.work(1);
    await course.go("done", "finishing");
    await day("done", 0.3);
    await desk.work(1);
    const outcome = await settle(account, traffic.sent, desk);
    const replayed = await course.reconcile();
    await desk.work(0);
    await desk.work(1);
    const reconciled = await settle(account, traffic.sent, desk);
    const { kills, failures, problems } = course;
    return { plan, outcome, reconciled, replayed, kills, failures, problems };
  } finally {
    await account.emulator.close();
    project.remove();
  }
}

/** The way of a stack from stage to stage. */
class Course {
  traffic: Traffic | undefined;
  kills = 0;
  failures = 0;
  readonly problems: string[] = [];
  readonly #plan: Plan;
  readonly #project: Project;
  readonly #account: Account;
  readonly #stack: Stack;
  readonly #random: Random;

  constructor(plan: Plan, project: Project, account: Account, stack: Stack, random: Random) {
    this.#plan = plan;
    this.#project = project;
    this.#account = account;
    this.#stack = stack;
    this.#random = random;
  }

  /** Brings all numbers to a stage by `up`, as often as it takes. */
  async go(stage: Stage, moment: Moment): Promise<void> {
    configure(this.#project, this.#stack, stage);
    const { traffic } = this;
    if (traffic !== undefined) traffic.moment = moment;
    let output = "";
    for (let attempt = 0; attempt < tries; attempt++) {
      // The last ones are left alone, so that they end.
      const isDisturbed = this.#plan.disturbed && stage !== "legacy" && attempt < 3;
      const { child, ended } = this.#project.start("up");
      let toKill = isDisturbed && this.#random.chance(0.5) ? this.#random.between(1, 6) : 0;
      this.#account.watch({
        onArrival: () => {
          if (traffic !== undefined) for (let count = 0; count < 3; count++) traffic.write();
          if (toKill > 0 && --toKill === 0 && child.pid !== undefined) {
            this.kills++;
            kill(child.pid, "all");
          }
        },
        fate: () => {
          if (!isDisturbed || !this.#random.chance(0.2)) return undefined;
          this.failures++;
          return this.#random.pick([
            { status: 429, retryAfter: 1 },
            { status: 500 },
            { drop: "before" as const },
            { drop: "after" as const },
          ]);
        },
      });
      const result = await ended;
      this.#account.watch(undefined);
      await traffic?.quiet();
      output = result.output;
      if (result.code === 0) return;
      // Customers go on writing until somebody runs it again.
      for (let count = 0; count < 5; count++) traffic?.write();
      await traffic?.quiet();
    }
    this.problems.push(`up to ${stage} did not end well:\n${output}`);
  }

  /** Puts what was lost into conversations, twice: the second time there is nothing left. @returns how many texts */
  async reconcile(): Promise<number> {
    return 0;
  }
}

async function buy(account: Account, count: number): Promise<string[]> {
  const numbers: string[] = [];
  for (let index = 0; index < count; index++) {
    const phoneNumber = `+1415555${String(3000 + index)}`;
    await account.http.send({
      method: "POST",
      url: `https://api.twilio.com/2010-04-01/Accounts/${account.emulator.accountSid}/IncomingPhoneNumbers.json`,
      form: { PhoneNumber: phoneNumber },
    });
    numbers.push(phoneNumber);
  }
  return numbers;
}

async function autocreator(account: Account): Promise<string> {
  const { sid } = await account.http.send<{ sid: string }>({
    method: "POST",
    url: "https://messaging.twilio.com/v1/Services",
    form: { FriendlyName: "Conversations" },
  });
  await account.own("POST", `/_emulator/messaging-services/${sid}`, { autocreate: true });
  return sid;
}
