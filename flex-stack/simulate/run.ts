import type { Settings } from "../project/settings.ts";
import type { StackRun } from "../session/stack-run.ts";
import { requireHere } from "../whereabouts/require-here.ts";
import { type Customer, texter } from "./customer.ts";
import { localAccount } from "./local-account.ts";
import { chooseNumber } from "./number.ts";
import { openFlexUi } from "./open-flex-ui.ts";
import type { ChatOptions, SimulateOptions, TextOptions } from "./options.ts";
import { refused, unexpected } from "./refusal.ts";
import { type Simulation, simulate } from "./simulation.ts";
import { TwilioHttp, TwilioRefusal } from "./twilio-http.ts";
import { Talk } from "./talk.ts";
import { visitor } from "./visitor.ts";
import { Workforce } from "./workers.ts";

/** Sends a text through the stack on its local Twilio, and looks how far it gets. */
export function simulateText(stackRun: StackRun, options: TextOptions): Promise<Simulation> {
  return run(stackRun, options, async (http, settings) =>
    texter(http, options.from, await chooseNumber(http, settings, options)),
  );
}

/** The same for what a visitor says in a web chat. */
export function simulateChat(stackRun: StackRun, options: ChatOptions): Promise<Simulation> {
  return run(stackRun, options, (http) => visitor(http, options.identity));
}

/** A conversation by texts that goes on as long as `body` has something to say. */
export function talkInTexts(
  stackRun: StackRun,
  options: TextOptions,
  body: (talk: Talk) => Promise<void>,
): Promise<void> {
  const find: FindCustomer = async (http, settings) =>
    texter(http, options.from, await chooseNumber(http, settings, options));
  return withTalk(stackRun, options, find, body);
}

/** The same in a web chat. */
export function talkInChat(
  stackRun: StackRun,
  options: ChatOptions,
  body: (talk: Talk) => Promise<void>,
): Promise<void> {
  return withTalk(stackRun, options, (http) => visitor(http, options.identity), body);
}

type FindCustomer = (http: TwilioHttp, settings: Settings) => Promise<Customer>;

async function run(stackRun: StackRun, options: SimulateOptions, find: FindCustomer): Promise<Simulation> {
  return explained(async () => {
    const { http, customer, flex, open } = await setUp(stackRun, options, find);
    const scenario = { ...options, body: options.body ?? "", flex, open: options.answer ? open : undefined };
    return simulate(http, customer, scenario);
  });
}

function withTalk(
  stackRun: StackRun,
  options: SimulateOptions,
  find: FindCustomer,
  body: (talk: Talk) => Promise<void>,
): Promise<void> {
  return explained(async () => {
    const { http, customer, flex, open } = await setUp(stackRun, options, find);
    const putBack = await (await Workforce.read(http)).putBack();
    const whose = async (worker: string | undefined) =>
      flex ?? (worker === undefined ? undefined : await open(worker));
    await body(new Talk(http, customer, whose, { stack: options.stack, putBack }));
  });
}

/** What every simulation begins with. A wrong name is told before anything is sent. */
async function setUp(stackRun: StackRun, options: SimulateOptions, find: FindCustomer) {
  const account = localAccount(stackRun);
  await requireHere(stackRun, (await stackRun.session.deployed()) ?? []);
  const http = new TwilioHttp(account, stackRun.signal);
  const open = (worker: string) => openFlexUi(http, worker, "Name one of those, or make one.");
  const flex = options.agent === undefined ? undefined : await open(options.agent);
  const found = await find(http, stackRun.session.settings).catch(refused);
  const customer: Customer = { write: (body, media) => found.write(body, media).catch(refused) };
  return { http, customer, flex, open };
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TwilioRefusal ? unexpected(error) : error;
  }
}
