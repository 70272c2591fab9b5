import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { bindingsIn } from "../../products/conversations/binding.ts";
import { newExecution } from "../../products/studio/execution.ts";
import { type Execution, execution } from "../../products/studio/kinds.ts";
import { findRevision } from "../../products/studio/revisions.ts";
import { note, noteError } from "../shared/journal.ts";
import type { Definition } from "../studio/definition.ts";
import { answerReply } from "../studio/reply.ts";
import type { Flows } from "../studio/run.ts";
import type { ConversationEvent } from "./conversationEvents.ts";

const triggerEvent = "incomingConversationMessage";

/** Gives a message to the flow of a conversation: to the execution that it is in, or a new one. */
export function runFlow(
  flows: Flows,
  context: Context,
  event: ConversationEvent,
  webhookSid: string,
  flowSid: string,
): void {
  const { sid } = event.conversation;
  const author = event.form["Author"] ?? "";
  const bound = bindingsIn(context, sid);
  const contact = bound.find(({ fields }) => fields.address === author)?.fields ?? bound[0]?.fields;
  const flowAddress = contact?.proxy_address ?? flowSid;
  // What the flow itself says leads nowhere.
  if (author === flowAddress) return;
  const message = asTrigger(event, webhookSid);
  const active = activeIn(context, flowSid, sid);
  if (active !== undefined) {
    if (answerReply(flows, context, active, message))
      note(context, sid, "studio", "Message given to the Studio execution that waited for it", active.sid);
    return;
  }
  if (!isWired(context, flowSid))
    return noteError(
      context,
      sid,
      "studio",
      0,
      `Studio flow ${flowSid} does nothing: its trigger has no transition for ${triggerEvent}`,
      flowSid,
    );
  try {
    const fields = newExecution(context, flowSid, {
      contact: contact?.address ?? sid,
      flowAddress,
      trigger: { event: triggerEvent, data: { message, conversation: message } },
      initiatedBy: event.form["MessageSid"] ?? sid,
      channelSid: sid,
    });
    context.of(execution).insert(flowSid, fields);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, sid, "studio", error.code, `The flow did not run: ${error.message}`, flowSid);
  }
}

/** The execution that a conversation is in. */
function activeIn(
  context: Context,
  flowSid: string,
  conversationSid: string,
): Document<Execution> | undefined {
  return context
    .of(execution)
    .all(flowSid, { field: "status", value: "active" })
    .find(({ fields }) => fields.channel_sid === conversationSid);
}

/** Whether a flow does anything with the messages of conversations; one that can't run says why itself. */
function isWired(context: Context, flowSid: string): boolean {
  const revision = findRevision(context, flowSid, "LatestPublished");
  if (revision === undefined) return true;
  const { states, initial_state: initial } = revision.fields.definition as unknown as Definition;
  const trigger = states.find(({ name }) => name === initial);
  return trigger?.transitions.some(({ event, next }) => event === triggerEvent && next != null) === true;
}

/** The message as a flow sees it. Flows in the field read `trigger.conversation…`, and `trigger.message…` as in Chat. */
function asTrigger({ conversation, form }: ConversationEvent, webhookSid: string): JsonObject {
  return {
    ...form,
    ChannelSid: conversation.sid,
    InstanceSid: conversation.parentSid,
    From: form["Author"] ?? "",
    WebhookSid: webhookSid,
    WebhookType: "studio",
    ChannelAttributes: JSON.parse(conversation.fields.attributes) as JsonObject,
  };
}
