import type { Context } from "../kernel/context.ts";
import { createDocument, updateDocument } from "../kernel/crud.ts";
import { TwilioError } from "../kernel/errors.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { Document } from "../kernel/resource.ts";
import { sendWebhook } from "../kernel/webhook.ts";
import type { IncomingPhoneNumber } from "../products/api/incomingPhoneNumber.ts";
import { media, mediaUrl } from "../products/api/media.ts";
import { message, type Message } from "../products/api/message.ts";
import { channel as flexChannel } from "../products/flex/channel.ts";
import { flexFlow, type FlexFlow } from "../products/flex/flexFlow.ts";
import { addWebhook, attributesOf, openChannel, setAttributes } from "../products/flex/openChannel.ts";
import { channel as chatChannel, type Channel } from "../products/chat/channel.ts";
import { channelWebhook } from "../products/chat/channelWebhook.ts";
import { user } from "../products/chat/user.ts";
import { deliver } from "../products/proxy/delivery.ts";
import { addInteraction } from "../products/proxy/interaction.ts";
import { findByPair, isChannel, participant, type Participant } from "../products/proxy/participant.ts";
import { phoneNumber as poolNumber } from "../products/proxy/phoneNumber.ts";
import { service as proxyService } from "../products/proxy/service.ts";
import { session, touch } from "../products/proxy/session.ts";
import { task } from "../products/taskrouter/task.ts";
import { createTask } from "./directTask.ts";
import { messageForm } from "./handler.ts";
import { intercept } from "./intercept.ts";
import { note, noteError } from "./journal.ts";
import { outOfSessionAnswer } from "./outOfSession.ts";

/** Takes a message that Proxy's webhook gets: into the conversation it belongs to, or a new one by the Flex Flow. */
export function handleByFlex(
  context: Context,
  received: Document<Message>,
  number: Document<IncomingPhoneNumber>,
  serviceSid: string,
): void {
  const { from, to } = received.fields;
  const service = context.of(proxyService).get(serviceSid);
  if (service === undefined)
    return noteError(context, received.sid, "proxy", 80408, `Proxy service ${serviceSid} does not exist`);
  if (context.of(poolNumber).get(number.sid)?.parentSid !== serviceSid)
    return noteError(
      context,
      received.sid,
      "proxy",
      80620,
      `${to} is not in the number pool of Proxy service ${serviceSid}`,
      number.sid,
    );
  const known = findByPair(context, serviceSid, from, to);
  if (known !== undefined) return pass(context, received, known);
  const flow = findFlexFlow(context, to);
  if (flow !== undefined) return begin(context, received, serviceSid, flow);
  const url = service.fields.out_of_session_callback_url;
  if (url === null)
    return noteError(
      context,
      received.sid,
      "proxy",
      45205,
      `There is no enabled Flex Flow for ${to}`,
      number.sid,
    );
  note(context, received.sid, "proxy", `No session: message handed to ${url}`);
  sendWebhook(context, {
    url,
    form: messageForm(context, received),
    purpose: outOfSessionAnswer,
    data: { messageSid: received.sid },
  });
}

/** The enabled Flex Flow for texts to a number. */
function findFlexFlow(context: Context, address: string): Document<FlexFlow> | undefined {
  return context
    .of(flexFlow)
    .all(context.accountSid, { field: "contact_identity", value: address })
    .find(({ fields }) => fields.enabled && fields.channel_type === "sms");
}

/** Opens chat channel and session for somebody who writes for the first time, or again. */
function begin(
  context: Context,
  received: Document<Message>,
  serviceSid: string,
  flow: Document<FlexFlow>,
): void {
  const { from, to } = received.fields;
  const opened = openChannel(context, {
    flexFlow: flow,
    identity: from,
    userFriendlyName: from,
    friendlyName: from,
    from,
    attributes: { twilioNumber: to, serviceNumber: to },
  });
  const owner = context.of(user).find("identity", from, opened.parentSid);
  context
    .of(flexChannel)
    .insert(
      context.accountSid,
      { flex_flow_sid: flow.sid, user_sid: owner?.sid ?? "", task_sid: null, task_attributes: "{}" },
      opened.sid,
    );
  try {
    const made = createDocument(context, session, serviceSid, {
      UniqueName: opened.sid,
      Mode: "message-only",
    });
    const customer = createDocument(context, participant, made.sid, {
      Identifier: from,
      ProxyIdentifier: to,
    });
    createDocument(context, participant, made.sid, { Identifier: opened.sid, ProxyIdentifier: to });
    setAttributes(context, opened.sid, { proxySession: made.sid });
    note(context, opened.sid, "chat", `Chat channel opened by Flex Flow ${flow.sid}`, opened.sid);
    note(context, opened.sid, "proxy", "Proxy session opened", made.sid);
    pass(context, received, customer);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, received.sid, "proxy", error.code, `No session was opened: ${error.message}`);
  }
}

/** Goes on with a message that the intercept callback was asked about. */
export function passIntercepted(context: Context, { participantSid, resourceSid }: JsonObject): void {
  const received = context.of(message).get(String(resourceSid));
  const from = context.of(participant).get(String(participantSid));
  if (received !== undefined && from !== undefined) pass(context, received, from, true);
}

/** Brings a message into the conversation of the session it belongs to. */
function pass(
  context: Context,
  received: Document<Message>,
  from: Document<Participant>,
  isIntercepted = false,
): void {
  const within = context.of(session).get(from.parentSid);
  const to = context
    .of(participant)
    .all(from.parentSid)
    .find(({ sid, fields }) => sid !== from.sid && fields.date_deleted === null);
  if (within === undefined || to === undefined)
    return noteError(
      context,
      received.sid,
      "proxy",
      80607,
      `Session ${from.parentSid} has nobody at its other end`,
    );
  const channelSid = to.fields.identifier;
  const { body } = received.fields;
  const passing = { from, within, resourceSid: received.sid, body, conversation: received.sid };
  if (!isIntercepted && intercept(context, passing, "in")) return;
  note(context, received.sid, "proxy", `Message passed into session ${within.sid}`, within.sid);
  if (isChannel(channelSid)) {
    const joined = context.of(chatChannel).get(channelSid);
    if (joined === undefined)
      return noteError(
        context,
        received.sid,
        "chat",
        80619,
        `Chat channel ${channelSid} of the session is gone`,
      );
    reconnect(context, joined);
  }
  const mediaUrls = context.of(media).all(received.sid).map(mediaUrl);
  const outbound = deliver(context, to, { author: from.fields.identifier, body, mediaUrls });
  const url = `https://api.twilio.com/2010-04-01/Accounts/${context.accountSid}/Messages/${received.sid}`;
  const inbound = {
    participantSid: from.sid,
    resourceSid: received.sid,
    resourceStatus: received.fields.status,
    resourceUrl: url,
  };
  const made = addInteraction(context, within.sid, { inbound, outbound, body });
  touch(context, within);
  note(context, received.sid, "proxy", "Interaction recorded", made.sid);
  note(
    context,
    received.sid,
    "chat",
    `Message put into chat channel ${channelSid}`,
    outbound.resourceSid,
    channelSid,
  );
  if (isChannel(channelSid)) warnOfNobody(context, channelSid);
}

/** A session that outlived its task takes messages that nobody sees: the fault that Flex's janitor is for. */
function warnOfNobody(context: Context, channelSid: string): void {
  const joined = context.of(chatChannel).get(channelSid);
  const { taskSid } = joined === undefined ? {} : attributesOf(joined);
  if (typeof taskSid !== "string" || isOpen(context, taskSid)) return;
  if (context.of(channelWebhook).all(channelSid).length > 0) return;
  const text = `Nobody sees the message: task ${taskSid} is over, its session is not, and nothing makes a new task`;
  noteError(context, channelSid, "task", 0, text);
}

function isOpen(context: Context, taskSid: string): boolean {
  const found = context.of(task).get(taskSid);
  return found !== undefined && !["completed", "canceled"].includes(found.fields.assignment_status);
}

/**
 * A conversation that lives on after its task gets a new one with the next message: its webhook, which went when the
 * task was made, is put back first. How Flex does it is not documented; that a new task is made is.
 */
function reconnect(context: Context, joined: Document<Channel>): void {
  const { taskSid, long_lived: isLongLived } = attributesOf(joined);
  if (isLongLived !== true || typeof taskSid !== "string") return;
  if (isOpen(context, taskSid)) return;
  const record = context.of(flexChannel).get(joined.sid);
  const flow = record && context.of(flexFlow).get(record.fields.flex_flow_sid);
  if (flow === undefined || !flow.fields.enabled) return;
  const { taskSid: _ended, ...attributes } = attributesOf(joined);
  updateDocument(context, chatChannel, joined, {
    Attributes: JSON.stringify({ ...attributes, status: "ACTIVE" }),
  });
  if (flow.fields.integration_type === "task") createTask(context, flow, joined.sid);
  else if (context.of(channelWebhook).all(joined.sid).length === 0) addWebhook(context, joined.sid, flow);
}
