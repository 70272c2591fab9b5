import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { channel as chatChannel, type Message, user } from "../../products/chat/kinds.ts";
import {
  type Channel,
  channel as flexChannel,
  flexFlow,
  type FlexFlow,
  webChannel,
} from "../../products/flex/kinds.ts";
import { attributesOf, setAttributes } from "../../products/flex/openChannel.ts";
import { task } from "../../products/taskrouter/stored/kinds.ts";
import { note, noteError } from "../shared/journal.ts";

/** Makes the task of a new conversation, if its Flex Flow has integration `task` and does not wait for a message. */
export function onConversationOpened(context: Context, { sid, fields }: Document<Channel>): void {
  const flow = context.of(flexFlow).get(fields.flex_flow_sid);
  if (flow?.fields.integration_type !== "task" || fields.task_sid !== null) return;
  if (flow.fields.integration.creation_on_message !== true) createTask(context, flow, sid);
}

/** Makes the task of a conversation whose Flex Flow waited for the customer's first message. */
export function onFirstMessage(context: Context, { parentSid: channelSid, fields }: Document<Message>): void {
  const record = context.of(flexChannel).get(channelSid) ?? context.of(webChannel).get(channelSid);
  const flow = record && context.of(flexFlow).get(record.fields.flex_flow_sid);
  if (flow?.fields.integration.creation_on_message !== true || record?.fields.task_sid !== null) return;
  const author = context.of(user).get(record.fields.user_sid);
  if (author?.fields.identity === fields.from) createTask(context, flow, channelSid);
}

/** Makes the task of a conversation whose Flex Flow has integration `task`. */
export function createTask(
  context: Context,
  { fields: { integration } }: Document<FlexFlow>,
  channelSid: string,
): void {
  const joined = context.of(chatChannel).get(channelSid);
  const record = context.of(flexChannel).get(channelSid) ?? context.of(webChannel).get(channelSid);
  if (joined === undefined) return;
  const { from = "", channel_type: channelType = "" } = attributesOf(joined);
  const further = JSON.parse(record?.fields.task_attributes ?? "{}") as JsonObject;
  try {
    const created = context.of(task).create(integration.workspace_sid ?? "", {
      WorkflowSid: integration.workflow_sid,
      TaskChannel: integration.channel,
      Attributes: JSON.stringify({ name: from, channelType, ...further, channelSid }),
      Timeout: integration.timeout,
      Priority: integration.priority,
    });
    setAttributes(context, channelSid, { taskSid: created.sid });
    if (record !== undefined) keepTask(context, record, created.sid);
    note(context, channelSid, "task", "Task created by the Flex Flow", created.sid);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, channelSid, "task", error.code, `No task was made: ${error.message}`);
  }
}

function keepTask(context: Context, record: Document<Channel>, taskSid: string): void {
  const kind = context.of(flexChannel).get(record.sid) === undefined ? webChannel : flexChannel;
  context.of(kind).update(record, { ...record.fields, task_sid: taskSid });
}
