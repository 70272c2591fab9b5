import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { configValue, type Settings } from "../../flex-stack/project/settings.ts";
import { conversation } from "../stack/result.ts";
import { requireHere } from "../../flex-stack/whereabouts/require-here.ts";
import { runStack } from "../stack/run-stack.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { checkChat, checkText } from "./check-options.ts";
import { timeline } from "./timeline.ts";
import {
  FlexUi,
  TwilioHttp,
  TwilioRefusal,
  simulate,
  texter,
  visitor,
  type ChatOptions,
  type Customer,
  type SimulateOptions,
  type Simulation,
  type TextOptions,
} from "../../flex-stack/simulate/index.ts";

/** Sends a text through the stack on its local Twilio and tells how far it got. */
export async function simulateText(options: TextOptions, context: CommandContext): Promise<number> {
  checkText(options);
  return run(options, context, async (http, settings) => {
    const to = options.to ?? firstNumber(settings);
    if (to === options.from) throw sameNumber(to);
    await requireNumber(http, to);
    return texter(http, options.from, to);
  });
}

/** The same for what a visitor says in a web chat. */
export async function simulateChat(options: ChatOptions, context: CommandContext): Promise<number> {
  checkChat(options);
  return run(options, context, (http) => visitor(http, options.identity));
}

async function run(
  options: SimulateOptions,
  context: CommandContext,
  find: (http: TwilioHttp, settings: Settings) => Promise<Customer>,
): Promise<number> {
  const terminal = conversation(context, options);
  const work = async (stackRun: StackRun): Promise<number> => {
    const account = localAccount(stackRun);
    await requireHere(stackRun, (await stackRun.session.deployed()) ?? []);
    const http = new TwilioHttp(account, stackRun.signal);
    // A wrong name is told before anything is sent.
    const flex = options.agent === undefined ? undefined : await open(http, options.agent);
    const customer = await find(http, stackRun.session.settings).catch(refused);
    const write: Customer["write"] = (body, media) => customer.write(body, media).catch(refused);
    const simulation = await simulate(http, { write }, { ...options, body: options.body ?? "", flex });
    if (options.json) context.terminal.print(JSON.stringify(simulation, null, 2));
    else for (const line of report(simulation, terminal)) terminal.print(line);
    return simulation.reached ? ExitCode.ok : ExitCode.failed;
  };
  return runStack({ stack: options.stack, cwd: options.cwd }, terminal, (stackRun) =>
    work(stackRun).catch((error: unknown) => {
      throw error instanceof TwilioRefusal ? unexpected(error) : error;
    }),
  );
}

async function open(http: TwilioHttp, worker: string): Promise<FlexUi> {
  try {
    return await FlexUi.open(http, worker);
  } catch (error) {
    if (error instanceof TwilioRefusal || error instanceof Failure) throw error;
    throw new Failure({
      what: (error as Error).message,
      fix: "Name one of those, or make one.",
      cause: error,
    });
  }
}

function report(simulation: Simulation, terminal: Styled): string[] {
  const { entries, reached, task, problem, fix, unasked } = simulation;
  const end = reached
    ? terminal.style("green", `The message reached ${task?.agents.join(", ")}.`)
    : terminal.style("red", `The message did not get through. ${problem ?? ""}`.trim());
  return [
    ...timeline(entries, terminal),
    "",
    end,
    ...(fix === null ? [] : [`  fix: ${fix}`]),
    ...(unasked === 0
      ? []
      : [
          `The last ${unasked} of --reply ${unasked === 1 ? "was" : "were"} not sent: nothing asked for an answer any more.`,
        ]),
  ];
}

function localAccount({ session, twilio }: StackRun): { url: string; accountSid: string; authToken: string } {
  if (session.endpoint === undefined || twilio === undefined)
    throw new Failure({
      what: `Stack "${session.name}" is not on a local Twilio.`,
      why: "A simulated message would cost money and reach a phone; only the local Twilio takes one.",
      fix: "Choose a stack with a twilio:endpoint on this machine, e.g. --stack dev.",
      exitCode: ExitCode.usage,
    });
  const [accountSid, authToken] = ["twilio:accountSid", "twilio:authToken"].map((key) =>
    configValue(session.settings, key),
  );
  if (accountSid === undefined || authToken === undefined)
    throw new Failure({
      what: `Stack "${session.name}" has no twilio:accountSid and twilio:authToken in plain text.`,
      fix: "Set them as in Pulumi.dev.yaml; those of a local Twilio are no secret.",
      exitCode: ExitCode.usage,
    });
  if (!/^AC[0-9a-f]{32}$/.test(accountSid))
    throw new Failure({
      what: `twilio:accountSid of stack "${session.name}" must be AC and 32 hexadecimal digits, and is ${JSON.stringify(accountSid)}.`,
      fix: "Set the one that npx flex-stack emulator prints.",
      exitCode: ExitCode.usage,
    });
  return { url: session.endpoint.url, accountSid, authToken };
}

/** The number that stands first in the stack's configuration. */
function firstNumber({ project, stack }: Settings): string {
  const handling: unknown = stack.config?.[`${project.name}:messageHandling`];
  const { numbers = {} } = (handling ?? {}) as { numbers?: Record<string, { phoneNumber?: unknown }> };
  const number = Object.values(numbers)[0]?.phoneNumber;
  if (typeof number === "string") return number;
  throw new Failure({
    what: "The stack's configuration names no number.",
    fix: "Say which one is written to with --to.",
    exitCode: ExitCode.usage,
  });
}

/** @throws Failure with the numbers that there are, when it is none of them */
async function requireNumber(http: TwilioHttp, number: string): Promise<void> {
  const { incoming_phone_numbers: numbers } = await http.send<{
    incoming_phone_numbers: { phone_number: string }[];
  }>({
    method: "GET",
    url: `https://api.twilio.com/2010-04-01/Accounts/${http.account.accountSid}/IncomingPhoneNumbers.json?PageSize=1000`,
  });
  const known = numbers.map(({ phone_number }) => phone_number);
  if (known.includes(number)) return;
  throw new Failure({
    what: `${number} is no number of the account; a message to it would not come in here.`,
    fix:
      known.length === 0
        ? "The account has no number; add one to the stack's configuration, and run up."
        : `Write to one of these with --to: ${known.join(", ")}.`,
    exitCode: ExitCode.usage,
  });
}

function sameNumber(number: string): Failure {
  return new Failure({
    what: `${number} can't write to itself: it is the number written to.`,
    fix: "Give the customer another number with --from.",
    exitCode: ExitCode.usage,
  });
}

/** A refusal of what every simulation asks for: the stack's credentials are wrong, or somebody set a fault. */
function unexpected(error: TwilioRefusal): Failure {
  const isCredentials = error.status === 401;
  return new Failure({
    what: `The local Twilio refused a request with ${error.status}: ${error.message} (${error.code}).`,
    fix: isCredentials
      ? "Give the stack the twilio:accountSid and twilio:authToken that npx flex-stack emulator prints."
      : "Look whether a fault is set (GET /_emulator/faults), and what npx flex-stack emulator says.",
    ...(isCredentials && { exitCode: ExitCode.authentication }),
    cause: error,
  });
}

/** A refusal of what the customer sends is the fault of the options. */
function refused(error: unknown): never {
  if (error instanceof TwilioRefusal && [400, 404, 409].includes(error.status))
    throw new Failure({ what: error.message, exitCode: ExitCode.usage, cause: error });
  throw error;
}
