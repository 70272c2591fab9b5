import type { Context } from "../kernel/context.ts";
import type { Document } from "../kernel/resource.ts";
import { channel as chatChannel } from "../products/chat/channel.ts";
import { member, removeMember } from "../products/chat/member.ts";
import { channel as flexChannel, webChannel } from "../products/flex/channel.ts";
import { flexFlow } from "../products/flex/flexFlow.ts";
import { attributesOf, setAttributes } from "../products/flex/openChannel.ts";
import type { Task } from "../products/taskrouter/task.ts";
import { deleteSession, isAgent } from "./completion.ts";
import { note } from "./journal.ts";

/**
 * Cleans up after a task that ended otherwise than through Flex UI, which would have done it before: the conversation is
 * deactivated, agents leave, the session goes. Only where the Flex Flow has its janitor enabled.
 */
export function cleanUp(context: Context, ended: Document<Task>): void {
  const channelSid = channelOf(ended);
  const joined = channelSid === undefined ? undefined : context.of(chatChannel).get(channelSid);
  if (joined === undefined || attributesOf(joined).status !== "ACTIVE") return;
  const record = context.of(flexChannel).get(joined.sid) ?? context.of(webChannel).get(joined.sid);
  const flow = record && context.of(flexFlow).get(record.fields.flex_flow_sid);
  if (flow?.fields.janitor_enabled !== true) return;
  note(context, joined.sid, "completion", `Janitor: task ${ended.sid} ended outside Flex UI`, ended.sid);
  setAttributes(context, joined.sid, { status: "INACTIVE" });
  for (const agent of context.of(member).all(joined.sid).filter(isAgent)) removeMember(context, agent);
  const inactive = context.of(chatChannel).get(joined.sid);
  if (inactive !== undefined) deleteSession(context, inactive);
}

/** The chat channel that a task is about. */
export function channelOf({ fields }: Document<Task>): string | undefined {
  const { channelSid } = JSON.parse(fields.attributes) as { channelSid?: unknown };
  return typeof channelSid === "string" ? channelSid : undefined;
}
