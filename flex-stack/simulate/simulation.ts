import type { Customer } from "./customer.ts";
import type { FlexUi, Reservation } from "./flex-ui.ts";
import {
  type ConversationTask,
  failedWebhooks,
  failureSince,
  type Journey,
  readJourney,
  taskOf,
  waitsForReply,
} from "./journey.ts";
import { type ToldEntry, withTexts } from "./texts.ts";
import { type TwilioHttp, TwilioRefusal } from "./twilio-http.ts";
import { type Verdict, whyNobody, whyOthers } from "./verdict.ts";
import { type PutBack, Workforce } from "./workers.ts";

/** What came of it, as `--json` prints it. */
export interface Simulation {
  /** SIDs of the customer's messages. */
  readonly messages: readonly string[];
  /** How many of the replies were left, because nothing asked for them. */
  readonly unasked: number;
  /** Whether a task with the message was offered to an agent; with `--agent`, to that one, who could serve it. */
  readonly reached: boolean;
  readonly task: ConversationTask | null;
  readonly entries: readonly ToldEntry[];
  /** Why it did not reach an agent, or what an agent could not do. */
  readonly problem: string | null;
  /** What to do about it, where that is known. */
  readonly fix: string | null;
  /** Who was away only because a reservation of an earlier task timed out, and was made available first. */
  readonly putBack: readonly PutBack[];
  /** SIDs of older tasks, which took up the agents and were served first. */
  readonly servedBefore: readonly string[];
  /** Whom the task is offered to, and who does nothing: they are set to the timeout activity in time. */
  readonly unanswered: readonly string[];
}

/** What a customer writes, and the agent who is to answer. */
export interface Scenario {
  readonly body: string;
  readonly media: readonly string[];
  /** Answers to what the flow asks, in order. */
  readonly reply: readonly string[];
  readonly flex: FlexUi | undefined;
  /** Opens Flex UI of a worker by name, where whoever is offered the task is to serve it. */
  readonly open?: ((worker: string) => Promise<FlexUi>) | undefined;
  /** The stack's name, for what is advised. */
  readonly stack: string;
}

/** Has a customer write, and an agent answer, and looks how far it gets. */
export async function simulate(
  http: TwilioHttp,
  customer: Customer,
  { body, media, reply, flex: named, open, stack }: Scenario,
): Promise<Simulation> {
  const putBack = await (await Workforce.read(http)).putBack();
  const first = await customer.write(body, media);
  const messages = [first];
  let journey = await readJourney(http, first);
  for (const answer of reply) {
    if (!waitsForReply(journey)) break;
    messages.push(await customer.write(answer, []));
    journey = await readJourney(http, first);
  }
  let task = await taskOf(http, journey);
  const servedBefore = task !== undefined && open ? await serveOlder(http, task, open) : [];
  if (servedBefore.length > 0) task = await taskOf(http, journey);
  const [offered] = task?.agents ?? [];
  const flex = named ?? (offered === undefined ? undefined : await open?.(offered));
  const verdict = await serve(http, journey, { message: first, task, flex, stack });
  if (flex !== undefined) journey = await readJourney(http, first);
  // The agent has gone on with it; whose it was is no longer to be seen when it is completed.
  const status = flex === undefined ? task?.status : (await taskOf(http, journey))?.status;
  return {
    messages,
    unasked: reply.length + 1 - messages.length,
    reached: verdict === undefined,
    task: task === undefined ? null : { ...task, status: status ?? task.status },
    entries: await withTexts(http, journey.entries),
    problem: verdict?.problem ?? null,
    fix: verdict?.fix ?? null,
    putBack,
    servedBefore,
    unanswered: flex === undefined && status === "reserved" ? (task?.agents ?? []) : [],
  };
}

/** So many older tasks are served at most, so that it comes to an end. */
const mostOlder = 100;

/** Has those who are offered older tasks serve them, until somebody is offered this one. @returns the older tasks */
async function serveOlder(
  http: TwilioHttp,
  task: ConversationTask,
  open: NonNullable<Scenario["open"]>,
): Promise<string[]> {
  const served: string[] = [];
  while (served.length < mostOlder) {
    const offer = await (await Workforce.read(http)).firstOffer(task.sid);
    if (offer === undefined || offer.taskSid === task.sid) return served;
    const refused = await answer(await open(offer.workerSid), offer);
    if (refused !== undefined) return served;
    served.push(offer.taskSid);
  }
  return served;
}

/** Looks who got the task, and has the agent serve it. @returns what went wrong, if anything */
async function serve(
  http: TwilioHttp,
  journey: Journey,
  {
    message,
    task,
    flex,
    stack,
  }: Pick<Scenario, "flex" | "stack"> & { message: string; task: ConversationTask | undefined },
): Promise<Verdict | undefined> {
  if (task === undefined || task.agents.length === 0) {
    const failed = failureSince(journey, message);
    if (failed !== undefined) return { problem: failed.text, fix: null };
    if (waitsForReply(journey))
      return { problem: "The flow waits for the customer's answer.", fix: "Give it with --reply." };
    if (task === undefined) return whyNoTask(journey, message);
    return whyNobody(http, task, stack, flex?.agent);
  }
  if (flex === undefined) return undefined;
  const own = await reservationOf(flex, task);
  return own === undefined ? whyOthers(http, task, stack, flex.agent) : answer(flex, own);
}

/** A program of one's own may have to make the task, of what its webhook tells it. */
function whyNoTask(journey: Journey, message: string): Verdict {
  const unheard = failedWebhooks(journey, message);
  if (unheard.length === 0) return { problem: "Nothing made a task of it.", fix: null };
  return {
    problem: `Nothing made a task of it, and nobody answered who may have to: ${unheard.join("; ")}.`,
    fix: "Start the program that makes tasks of messages, and let the customer write again.",
  };
}

/** The agent's part in a task: just offered, or accepted with an earlier message of the conversation. */
export async function reservationOf(flex: FlexUi, task: ConversationTask): Promise<Reservation | undefined> {
  const open = [...(await flex.reservations("pending")), ...(await flex.reservations("accepted"))];
  return open.find(({ taskSid }) => taskSid === task.sid);
}

/** Accepts, answers, wraps up and completes a task as an agent. @returns what the agent was refused, if anything */
async function answer(flex: FlexUi, reservation: Reservation): Promise<Verdict | undefined> {
  try {
    if (reservation.status === "pending") await flex.accept(reservation);
    await flex.answer(reservation, `Hello, this is ${flex.agent.name}.`);
    await flex.wrapUp(reservation);
    await flex.complete(reservation);
    return undefined;
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error;
    return { problem: `${flex.agent.name} was refused: ${error.message} (${error.code})`, fix: null };
  }
}
