import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import { parseAttributes, textOf } from "../account/attributes.ts";
import type { End } from "./end.ts";
import { findExecution } from "./find-execution.ts";
import { textsSince, timeOf, tolerance, type Journey } from "./journey.ts";
import { permitted } from "./permitted.ts";
import type { Reads } from "./reads/reads.ts";

/** How many of a customer's conversations are looked at, from either end: Twilio does not say which is the newer. */
export const candidates = 5;
/** A message that begins a conversation is older than its channel and session by no more milliseconds. */
export const beginning = 10_000;

/**
 * Finds the journey through Programmable Chat that a message, sender, task or channel belongs to. What Twilio refuses
 * to tell is left out here; the step that it matters to says so.
 */
export async function collect(end: End, reads: Reads): Promise<Journey> {
  const conversation =
    end.channelSid === undefined
      ? await conversationOf(end, reads)
      : await conversationIn(end.channelSid, reads);
  const { channelSid, channel, sessionSid, session } = conversation;
  const attributes = parseAttributes(channel?.attributes);
  const customer = end.customer ?? textOf(attributes, "from");
  const number = end.number ?? textOf(attributes, "twilioNumber", "serviceNumber");
  const outbound = end.message?.direction === "inbound" ? undefined : end.message;
  const inbound = outbound === undefined ? end.message : undefined;
  const message =
    inbound ?? (channel === undefined ? undefined : await lastTextOf({ customer, number, channel }, reads));
  const flexFlows = await flexFlowsOf(number, channel, reads);
  const execution = await permitted(() =>
    findExecution({ channelSid, channel, session, customer, flexFlows, message }, reads),
  );
  const isOwn = await isOfOwnHandler(conversation, reads);
  const taskSid = end.taskSid ?? (await taskOf({ channelSid, channel, execution, flexFlows, isOwn }, reads));
  return {
    message,
    outbound,
    customer,
    number,
    channelSid,
    channel,
    sessionSid,
    session,
    isOwn,
    flexFlows,
    execution,
    taskSid,
    task: taskSid === undefined ? undefined : await permitted(() => reads.taskrouter.task(taskSid)),
  };
}

interface Conversation {
  readonly channelSid?: string | undefined;
  readonly channel?: ChannelInstance | undefined;
  readonly sessionSid?: string | undefined;
  readonly session?: SessionInstance | undefined;
}

async function conversationIn(channelSid: string, reads: Reads): Promise<Conversation> {
  const channel = await permitted(() => reads.chat.channel(channelSid));
  return { channelSid, channel, ...(await sessionFor(channelSid, channel, reads)) };
}

async function sessionFor(
  channelSid: string,
  channel: ChannelInstance | undefined,
  reads: Reads,
): Promise<Pick<Conversation, "sessionSid" | "session">> {
  const attributes = parseAttributes(channel?.attributes);
  const linked = textOf(attributes, "proxySession");
  const named = linked === undefined ? undefined : await permitted(() => reads.proxy.session(linked));
  // After the end it is gone, as it should be.
  if (linked !== undefined && (named !== undefined || attributes["status"] === "INACTIVE"))
    return { sessionSid: linked, session: named };
  const session = (await permitted(() => reads.proxy.sessions()))?.find(
    ({ uniqueName }) => uniqueName === channelSid,
  );
  return { sessionSid: session?.sid ?? linked, session };
}

/** Whether Flex knows nothing of a conversation: neither a session nor a record of its own is about it. */
async function isOfOwnHandler(
  { channelSid, channel, sessionSid }: Conversation,
  reads: Reads,
): Promise<boolean> {
  if (channelSid === undefined || channel === undefined || sessionSid !== undefined) return false;
  if (textOf(parseAttributes(channel.attributes), "channel_type") === "web") return false;
  const answer = await permitted(async () => ({ record: await reads.flex.channel(channelSid) }));
  return answer !== undefined && answer.record === undefined;
}

/** The conversation that a text came into; nothing when it came into none. */
async function conversationOf({ message, customer, number }: End, reads: Reads): Promise<Conversation> {
  if (message === undefined || customer === undefined || number === undefined) return {};
  const found = await permitted(() => conversationInChat(message, customer, number, reads));
  return found ?? (await conversationInProxy(message, customer, number, reads));
}

async function conversationInChat(
  message: MessageInstance,
  customer: string,
  number: string,
  reads: Reads,
): Promise<Conversation | undefined> {
  const sids = await reads.chat.channelsOf(customer);
  const some = new Set([...sids.slice(0, candidates), ...sids.slice(-candidates)]);
  const channels = await Promise.all([...some].map((sid) => reads.chat.channel(sid)));
  const before = timeOf(message).getTime() + beginning;
  const fitting = channels
    .filter((channel) => channel !== undefined)
    .filter((channel) => channel.dateCreated.getTime() <= before)
    .filter(({ attributes }) => {
      const own = textOf(parseAttributes(attributes), "twilioNumber", "serviceNumber");
      return own === undefined || own === number;
    })
    .sort((one, other) => other.dateCreated.getTime() - one.dateCreated.getTime());
  for (const channel of fitting) {
    const linked = await sessionFor(channel.sid, channel, reads);
    if (await holds({ channelSid: channel.sid, channel, ...linked }, message, customer, reads))
      return { channelSid: channel.sid, channel, ...linked };
  }
  return undefined;
}

/** Whether a message came into a conversation, or must have: its session was there for it. */
async function holds(
  { channelSid = "", session }: Conversation,
  message: MessageInstance,
  customer: string,
  reads: Reads,
): Promise<boolean> {
  if (session !== undefined && isOpen(session) && wasThere(session, message)) return true;
  if (session !== undefined) {
    const interactions = await permitted(() => reads.proxy.interactions(session.sid));
    if (interactions?.some(({ inboundResourceSid }) => inboundResourceSid === message.sid)) return true;
  }
  const said = await reads.chat.messages(channelSid);
  return said.some(
    ({ from, body, dateCreated }) =>
      (from === customer) === (message.direction === "inbound") &&
      (body ?? "") === message.body &&
      Math.abs(dateCreated.getTime() - timeOf(message).getTime()) <= tolerance,
  );
}

/** Whether a session began before a message, or with it: one that came later is of another conversation. */
function wasThere({ dateCreated }: SessionInstance, message: MessageInstance): boolean {
  return dateCreated.getTime() <= timeOf(message).getTime() + beginning;
}

export function isOpen({ status }: Pick<SessionInstance, "status">): boolean {
  return status === "open" || status === "in-progress";
}

/** By the sessions alone: where chat can't be read, or has lost the channel. */
async function conversationInProxy(
  message: MessageInstance,
  customer: string,
  number: string,
  reads: Reads,
): Promise<Conversation> {
  const sessions = (await permitted(() => reads.proxy.sessions())) ?? [];
  const fitting = sessions
    .filter((session) => wasThere(session, message) && session.mode !== "voice-only")
    .sort((one, other) => other.dateCreated.getTime() - one.dateCreated.getTime())
    .slice(0, 2 * candidates);
  for (const session of fitting) {
    const participants = (await permitted(() => reads.proxy.participants(session.sid))) ?? [];
    const isOurs = participants.some(
      ({ identifier, proxyIdentifier }) => identifier === customer && proxyIdentifier === number,
    );
    if (!isOurs) continue;
    const other = participants.find(({ identifier }) => identifier.startsWith("CH"))?.identifier;
    const channelSid = other ?? (session.uniqueName?.startsWith("CH") ? session.uniqueName : undefined);
    return { channelSid, channel: undefined, sessionSid: session.sid, session };
  }
  return {};
}

/** The last text of the customer that came into a conversation. */
async function lastTextOf(
  found: { customer: string | undefined; number: string | undefined; channel: ChannelInstance },
  reads: Reads,
): Promise<MessageInstance | undefined> {
  const { customer, number, channel } = found;
  if (customer === undefined || number === undefined) return undefined;
  const said = (await permitted(() => reads.chat.messages(channel.sid))) ?? [];
  const last = said.find(({ from }) => from === customer);
  if (last === undefined) return undefined;
  const since = textsSince(channel);
  const texts =
    (await permitted(() => reads.messaging.messages({ from: customer, to: number, since }))) ?? [];
  return texts.find(
    (text) =>
      text.direction === "inbound" &&
      text.body === (last.body ?? "") &&
      Math.abs(timeOf(text).getTime() - last.dateCreated.getTime()) <= tolerance,
  );
}

async function flexFlowsOf(
  number: string | undefined,
  channel: ChannelInstance | undefined,
  reads: Reads,
): Promise<readonly FlexFlowInstance[]> {
  if (number === undefined && channel === undefined) return [];
  const all = (await permitted(() => reads.flex.flows())) ?? [];
  // Web chats come by no number.
  const kind = textOf(parseAttributes(channel?.attributes), "channel_type");
  return all.filter(({ contactIdentity, channelType }) =>
    number === undefined ? channelType === kind : contactIdentity === number,
  );
}

/** The task of a conversation: in the channel's attributes, in Flex's own record, or by the tasks themselves. */
async function taskOf(
  found: Pick<Journey, "channelSid" | "channel" | "execution" | "flexFlows" | "isOwn">,
  reads: Reads,
): Promise<string | undefined> {
  const { channelSid, channel } = found;
  if (channelSid === undefined) return undefined;
  const noted = textOf(parseAttributes(channel?.attributes), "taskSid", "task_sid");
  if (noted !== undefined) return noted;
  const record = await permitted(() => reads.flex.channel(channelSid));
  if (record?.taskSid) return record.taskSid;
  if (channel !== undefined && !(await mayHaveTask(found, reads))) return undefined;
  const tasks = await permitted(() => reads.taskrouter.tasksLike(`channelSid == "${channelSid}"`));
  return tasks?.[0]?.sid;
}

/** Whether a task can be there that the channel does not name: of a flow, or of a handler that notes none. */
async function mayHaveTask(
  { execution, flexFlows, isOwn }: Pick<Journey, "execution" | "flexFlows" | "isOwn">,
  reads: Reads,
): Promise<boolean> {
  if (isOwn) return true;
  if (execution === undefined)
    return flexFlows.some(({ enabled, integrationType }) => enabled && integrationType === "external");
  if (execution.status === "active") return false;
  const steps = await permitted(() => reads.studio.steps(execution.flowSid, execution.sid));
  const last = steps?.[0];
  // A flow that ends elsewhere may have had a function make it.
  return last !== undefined && (last.type !== "send-to-flex" || last.name === "callComplete");
}
