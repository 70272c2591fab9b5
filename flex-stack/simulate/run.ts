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
import { visitor } from "./visitor.ts";

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

type FindCustomer = (http: TwilioHttp, settings: Settings) => Promise<Customer>;

async function run(stackRun: StackRun, options: SimulateOptions, find: FindCustomer): Promise<Simulation> {
  try {
    const account = localAccount(stackRun);
    await requireHere(stackRun, (await stackRun.session.deployed()) ?? []);
    const http = new TwilioHttp(account, stackRun.signal);
    // A wrong name is told before anything is sent.
    const flex =
      options.agent === undefined
        ? undefined
        : await openFlexUi(http, options.agent, "Name one of those, or make one.");
    const customer = await find(http, stackRun.session.settings).catch(refused);
    const write: Customer["write"] = (body, media) => customer.write(body, media).catch(refused);
    const open = options.answer
      ? (worker: string) => openFlexUi(http, worker, "Name one of those, or make one.")
      : undefined;
    return await simulate(http, { write }, { ...options, body: options.body ?? "", flex, open });
  } catch (error) {
    throw error instanceof TwilioRefusal ? unexpected(error) : error;
  }
}
