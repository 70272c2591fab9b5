import type { CommandContext } from "../commands/command-context.ts";
import type { ChatOptions, SimulateOptions, TextOptions } from "../commands/simulate.ts";
import { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { configValue, type Settings } from "../project/settings.ts";
import { conversation } from "../stack/result.ts";
import { runStack, type StackRun } from "../stack/run-stack.ts";
import { type Customer, texter, visitor } from "./customer.ts";
import { FlexUi } from "./flex-ui.ts";
import { simulate, type Simulation } from "./simulation.ts";
import { timeline } from "./timeline.ts";
import { TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/** Sends a text through the stack on its local Twilio and tells how far it got. */
export function simulateText(options: TextOptions, context: CommandContext): Promise<number> {
  return run(options, context, (http, settings) => {
    const to = options.to ?? firstNumber(settings);
    if (to === options.from) throw sameNumber(to);
    return Promise.resolve(texter(http, options.from, to));
  });
}

/** The same for what a visitor says in a web chat. */
export function simulateChat(options: ChatOptions, context: CommandContext): Promise<number> {
  return run(options, context, (http) => visitor(http, options.identity));
}

async function run(
  options: SimulateOptions,
  context: CommandContext,
  find: (http: TwilioHttp, settings: Settings) => Promise<Customer>,
): Promise<number> {
  if (options.body === undefined && options.media.length === 0)
    throw new Failure({
      what: "There is nothing to send.",
      fix: "Say what the customer writes with --body, or sends with --media.",
      exitCode: ExitCode.usage,
    });
  const terminal = conversation(context, options);
  return runStack({ stack: options.stack, cwd: options.cwd }, terminal, async (stackRun) => {
    const http = new TwilioHttp(localAccount(stackRun));
    // A wrong name is told before anything is sent.
    const flex = options.agent === undefined ? undefined : await open(http, options.agent);
    const customer = await find(http, stackRun.session.settings).catch(refused);
    const write: Customer["write"] = (body, media) => customer.write(body, media).catch(refused);
    const simulation = await simulate(http, { write }, { ...options, body: options.body ?? "", flex });
    if (options.json) context.terminal.print(JSON.stringify(simulation, null, 2));
    else for (const line of report(simulation, terminal)) terminal.print(line);
    return simulation.reached ? ExitCode.ok : ExitCode.failed;
  });
}

async function open(http: TwilioHttp, worker: string): Promise<FlexUi> {
  try {
    return await FlexUi.open(http, worker);
  } catch (error) {
    if (error instanceof TwilioRefusal) throw error;
    throw new Failure({
      what: (error as Error).message,
      fix: "Name one of those, or make one.",
      cause: error,
    });
  }
}

function report(simulation: Simulation, terminal: StackRun["terminal"]): string[] {
  const { entries, reached, task, problem, fix } = simulation;
  const end = reached
    ? terminal.style("green", `The message reached ${task?.agents.join(", ")}.`)
    : terminal.style("red", `The message did not get through. ${problem ?? ""}`.trim());
  return [...timeline(entries, terminal), "", end, ...(fix === null ? [] : [`  fix: ${fix}`])];
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

function sameNumber(number: string): Failure {
  return new Failure({
    what: `${number} can't write to itself: it is the number written to.`,
    fix: "Give the customer another number with --from.",
    exitCode: ExitCode.usage,
  });
}

function refused(error: unknown): never {
  if (error instanceof TwilioRefusal)
    throw new Failure({ what: error.message, exitCode: ExitCode.usage, cause: error });
  throw error;
}
