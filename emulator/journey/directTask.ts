import type { Context } from "../kernel/context.ts";
import { createDocument } from "../kernel/crud.ts";
import { TwilioError } from "../kernel/errors.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { Document } from "../kernel/resource.ts";
import { channel as chatChannel } from "../products/chat/channel.ts";
import { channel as flexChannel } from "../products/flex/channel.ts";
import type { FlexFlow } from "../products/flex/flexFlow.ts";
import { attributesOf, setAttributes } from "../products/flex/openChannel.ts";
import { task } from "../products/taskrouter/task.ts";
import { note, noteError } from "./journal.ts";

/** Makes the task of a conversation whose Flex Flow has integration `task`, without a flow in between. */
export function createTask(
  context: Context,
  { fields: { integration } }: Document<FlexFlow>,
  channelSid: string,
  attributes: JsonObject = {},
): void {
  const joined = context.of(chatChannel).get(channelSid);
  if (joined === undefined) return;
  const { from = "", channel_type: channelType = "" } = attributesOf(joined);
  try {
    const created = createDocument(context, task, integration.workspace_sid ?? "", {
      WorkflowSid: integration.workflow_sid,
      TaskChannel: integration.channel,
      Attributes: JSON.stringify({ name: from, channelType, ...attributes, channelSid }),
      Timeout: integration.timeout,
      Priority: integration.priority,
    });
    setAttributes(context, channelSid, { taskSid: created.sid });
    const record = context.of(flexChannel).get(channelSid);
    if (record !== undefined)
      context.of(flexChannel).update(record, { ...record.fields, task_sid: created.sid });
    note(context, channelSid, "task", "Task created by the Flex Flow", created.sid);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, channelSid, "task", error.code, `No task was made: ${error.message}`);
  }
}
