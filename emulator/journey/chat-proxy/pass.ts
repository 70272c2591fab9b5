import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { media, message, type Message } from "../../products/api/kinds.ts";
import { mediaUrl } from "../../products/api/media.ts";
import { channel as chatChannel, type Channel, channelWebhook } from "../../products/chat/kinds.ts";
import { channel as flexChannel, flexFlow } from "../../products/flex/kinds.ts";
import { addWebhook, attributesOf } from "../../products/flex/openChannel.ts";
import { deliver } from "../../products/proxy/delivery.ts";
import { addInteraction } from "../../products/proxy/interaction.ts";
import { participant, type Participant, session } from "../../products/proxy/kinds.ts";
import { isChannel } from "../../products/proxy/pair.ts";
import { touch } from "../../products/proxy/sessionStatus.ts";
import { isOver } from "../../products/taskrouter/stored/attributes.ts";
import { task } from "../../products/taskrouter/stored/kinds.ts";
import { createTask } from "./directTask.ts";
import { intercept } from "./intercept.ts";
import { note, noteError } from "../shared/journal.ts";

/** Goes on with a message that the intercept callback was asked about. */
export function passIntercepted(context: Context, data: JsonObject): void {
  const { participantSid, resourceSid, interactionSid } = data;
  const received = context.of(message).get(String(resourceSid));
  const from = context.of(participant).get(String(participantSid));
  if (received !== undefined && from !== undefined) pass(context, received, from, String(interactionSid));
}

/**
 * Brings a message from a phone to the other end of the session it belongs to: into its chat channel, or to another
 * phone. Once the intercept callback has let it pass, it has the SID of its interaction.
 */
export function pass(
  context: Context,
  received: Document<Message>,
  from: Document<Participant>,
  interactionSid?: string,
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
  const receiver = to.fields.identifier;
  const { body } = received.fields;
  const inbound = {
    participantSid: from.sid,
    resourceSid: received.sid,
    resourceStatus: received.fields.status,
    resourceUrl: `https://api.twilio.com/2010-04-01/Accounts/${context.accountSid}/Messages/${received.sid}`,
  };
  const passing = { inbound, within, body, conversation: received.sid };
  if (interactionSid === undefined && intercept(context, passing, "in")) return;
  note(context, received.sid, "proxy", `Message passed into session ${within.sid}`, within.sid);
  if (isChannel(receiver)) {
    const joined = context.of(chatChannel).get(receiver);
    if (joined === undefined)
      return noteError(
        context,
        received.sid,
        "chat",
        80619,
        `Chat channel ${receiver} of the session is gone`,
      );
    reconnect(context, joined);
  }
  const mediaUrls = context.of(media).all(received.sid).map(mediaUrl);
  const outbound = deliver(context, to, { author: from.fields.identifier, body, mediaUrls });
  const made = addInteraction(context, within.sid, { inbound, outbound, body, sid: interactionSid });
  touch(context, within);
  note(context, received.sid, "proxy", "Interaction recorded", made.sid);
  if (!isChannel(receiver))
    return note(context, received.sid, "outbound", `Message sent to ${receiver}`, outbound.resourceSid);
  const text = `Message put into chat channel ${receiver}`;
  note(context, received.sid, "chat", text, outbound.resourceSid, receiver);
  warnOfNobody(context, receiver);
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
  return found !== undefined && !isOver(found.fields);
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
  context.of(chatChannel).change(joined, {
    Attributes: JSON.stringify({ ...attributes, status: "ACTIVE" }),
  });
  if (flow.fields.integration_type === "task") createTask(context, flow, joined.sid);
  else if (context.of(channelWebhook).all(joined.sid).length === 0) addWebhook(context, joined.sid, flow);
}
