import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Channel, channel as chatChannel, type Member, member } from "../../products/chat/kinds.ts";
import { attributesOf } from "../../products/flex/openChannel.ts";
import { session } from "../../products/proxy/kinds.ts";
import { closeSession } from "../../products/proxy/sessionStatus.ts";
import { note } from "../shared/journal.ts";

/**
 * Closes the Proxy session of a conversation that was just deactivated. It is deleted when the last agent leaves:
 * Flex says that both happen once the agent has completed the task, not which of its steps does which.
 */
export function onChannelUpdated(
  context: Context,
  before: Document<Channel>,
  after: Document<Channel>,
): void {
  const { status, long_lived: isLongLived, proxySession } = attributesOf(after);
  if (status !== "INACTIVE" || attributesOf(before).status === "INACTIVE") return;
  note(context, after.sid, "completion", "Chat channel set to INACTIVE", after.sid);
  if (isLongLived === true || typeof proxySession !== "string") return;
  closeSession(context, proxySession, "api");
  note(context, after.sid, "completion", "Proxy session closed", proxySession);
}

/** Deletes the Proxy session of a conversation that is over when its last agent has left. */
export function onMemberRemoved(context: Context, left: Document<Member>): void {
  const joined = context.of(chatChannel).get(left.parentSid);
  if (joined === undefined || !isAgent(left)) return;
  note(context, joined.sid, "completion", `${left.fields.identity} left the chat channel`, left.sid);
  if (context.of(member).all(joined.sid).some(isAgent)) return;
  deleteSession(context, joined);
}

/** Deletes the Proxy session of an inactive conversation that does not live longer than its task. */
export function deleteSession(context: Context, joined: Document<Channel>): void {
  const { status, long_lived: isLongLived, proxySession } = attributesOf(joined);
  if (status !== "INACTIVE" || isLongLived === true || typeof proxySession !== "string") return;
  const found = context.of(session).get(proxySession);
  if (found === undefined) return;
  context.of(session).remove(found);
  note(context, joined.sid, "completion", "Proxy session deleted", proxySession);
}

/** Whether a member came as an agent, which Flex notes in its attributes. */
export function isAgent({ fields }: Document<Member>): boolean {
  const attributes: unknown = JSON.parse(fields.attributes);
  return (
    typeof attributes === "object" &&
    attributes !== null &&
    Reflect.get(attributes, "member_type") === "agent"
  );
}
