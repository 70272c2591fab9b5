import type { CommandContext } from "../commands/command-context.ts";
import type { SimulateOptions } from "../commands/simulate.ts";
import { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { configValue, type Settings } from "../project/settings.ts";
import { conversation } from "../stack/result.ts";
import { runStack, type StackRun } from "../stack/run-stack.ts";
import { FlexUi } from "./flex-ui.ts";
import {
  type ConversationTask,
  type Journey,
  readJourney,
  sendText,
  taskOf,
  waitsForReply,
} from "./journey.ts";
import { timeline } from "./timeline.ts";
import { TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/** Sends a message through the stack on its local Twilio and tells how far it got. */
export async function runSimulation(options: SimulateOptions, context: CommandContext): Promise<number> {
  const terminal = conversation(context, options);
  return runStack({ stack: options.stack, cwd: options.cwd }, terminal, async (run) => {
    const simulation = await simulate(new TwilioHttp(localAccount(run)), options, run.session.settings);
    if (options.json) context.terminal.print(JSON.stringify(simulation, null, 2));
    else for (const line of report(simulation, terminal)) terminal.print(line);
    return simulation.reached ? ExitCode.ok : ExitCode.failed;
  });
}

/** What came of it, as `--json` prints it. */
export interface Simulation {
  /** SIDs of the customer's messages. */
  readonly messages: readonly string[];
  /** Whether a task with the message was offered to an agent. */
  readonly reached: boolean;
  readonly task: ConversationTask | null;
  readonly entries: Journey["entries"];
  /** Why it did not reach an agent, or what an agent could not do. */
  readonly problem: string | null;
}

async function simulate(http: TwilioHttp, options: SimulateOptions, settings: Settings): Promise<Simulation> {
  const to = options.to ?? firstNumber(settings);
  // A wrong name is told before anything is sent.
  const flex = options.agent === undefined ? undefined : await open(http, options.agent);
  const text = { from: options.from, to, body: options.body, mediaUrls: options.media };
  const messages = [await sendText(http, text).catch(refused)];
  const first = messages[0] ?? "";
  let journey = await readJourney(http, first);
  for (const body of options.reply) {
    if (!waitsForReply(journey)) break;
    messages.push(await sendText(http, { ...text, body, mediaUrls: [] }).catch(refused));
    journey = await readJourney(http, first);
  }
  const task = await taskOf(http, journey);
  const reached = task !== undefined && task.agents.length > 0;
  let problem = reached ? null : reasonOf(journey, task);
  if (reached && flex !== undefined) {
    problem = await serve(flex, task);
    journey = await readJourney(http, first);
  }
  return {
    messages,
    reached: reached && problem === null,
    task: task ?? null,
    entries: journey.entries,
    problem,
  };
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

/** Accepts, answers and completes a task as an agent. @returns what went wrong, if anything */
async function serve(flex: FlexUi, task: ConversationTask): Promise<string | null> {
  const offered = (await flex.reservations("pending")).find(({ taskSid }) => taskSid === task.sid);
  if (offered === undefined)
    return `The task was not offered to ${flex.agent.name}, but to ${task.agents.join(", ")}.`;
  try {
    await flex.accept(offered);
    const channelSid = await flex.channelOf(task.sid);
    if (channelSid !== undefined) await flex.write(channelSid, `Hello, this is ${flex.agent.name}.`);
    await flex.complete(offered);
    return null;
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error;
    return `${flex.agent.name} was refused: ${error.message} (${error.code})`;
  }
}

function reasonOf(journey: Journey, task: ConversationTask | undefined): string {
  // A webhook that is told afterwards holds no message up.
  const failed = journey.entries.findLast(({ code, stage }) => code !== null && stage !== "webhook");
  if (failed !== undefined) return failed.text;
  if (waitsForReply(journey)) return "The flow waits for the customer's answer. Give it with --reply.";
  if (task === undefined) return "Nothing made a task of it.";
  return `Task ${task.sid} is ${task.status}: no available worker fits. Set one to an available activity.`;
}

function report(simulation: Simulation, terminal: StackRun["terminal"]): string[] {
  const { entries, reached, task, problem } = simulation;
  const end = reached
    ? terminal.style("green", `The message reached ${task?.agents.join(", ")}.`)
    : terminal.style("red", `The message did not get through. ${problem ?? ""}`.trim());
  return [...timeline(entries, terminal), "", end];
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

function refused(error: unknown): never {
  if (error instanceof TwilioRefusal)
    throw new Failure({ what: error.message, exitCode: ExitCode.usage, cause: error });
  throw error;
}
