import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { channel as chatChannel, member } from "../../products/chat/kinds.ts";
import { removeMember } from "../../products/chat/membership.ts";
import { channel as flexChannel, flexFlow, webChannel } from "../../products/flex/kinds.ts";
import { attributesOf, setAttributes } from "../../products/flex/openChannel.ts";
import type { Task } from "../../products/taskrouter/stored/kinds.ts";
import { channelOf } from "../shared/assignment.ts";
import { note } from "../shared/journal.ts";
import { deleteSession, isAgent } from "./completion.ts";

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
