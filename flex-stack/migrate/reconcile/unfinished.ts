import type { TwilioAccount } from "../../account/account.ts";
import { answerOf } from "../../account/answer.ts";
import type { Opening } from "./lines.ts";
import type { Room } from "./reading.ts";
import { tolerance } from "./text.ts";

/**
 * Whether nobody was told yet of a conversation that a replay made: it was cut short after the customer was added. A flow
 * takes its webhook away once it is through, so that its execution is asked for, too.
 */
export async function isUnfinished(
  room: Room,
  opening: Opening | undefined,
  account: TwilioAccount,
): Promise<boolean> {
  if (opening?.flowSid === undefined && opening?.url === undefined) return false;
  const { webhooks } = account.client.conversations.v1.services(room.serviceSid).conversations(room.sid);
  const answer = await answerOf(() => webhooks.list({ limit: 5 }));
  if (answer.kind !== "found" || answer.value.length > 0) return false;
  return opening.flowSid === undefined || !(await hasRun(room, opening.flowSid, account));
}

/**
 * Whether a flow has run, or runs, for a conversation. What can't be read counts as if it had: once more would be twice. An
 * execution names the customer, who may have begun it in another conversation: what began it is asked for.
 */
export async function hasRun(
  { sid, customer, created }: Pick<Room, "sid" | "customer" | "created">,
  flowSid: string,
  { client }: TwilioAccount,
): Promise<boolean> {
  const dateCreatedFrom = new Date(created.getTime() - tolerance);
  const { executions } = client.studio.v2.flows(flowSid);
  const answer = await answerOf(() => executions.list({ dateCreatedFrom, limit: 1000, pageSize: 1000 }));
  if (answer.kind !== "found") return answer.kind !== "gone";
  if (answer.value.some(({ contactChannelAddress: contact }) => contact === sid)) return true;
  for (const execution of answer.value) {
    if (execution.contactChannelAddress !== customer) continue;
    const begun = await answerOf(() => executions(execution.sid).executionContext().fetch());
    if (begun.kind === "gone") continue;
    const conversation = begun.kind === "found" ? conversationIn(begun.value.context) : undefined;
    if (conversation === undefined || conversation === sid) return true;
  }
  return false;
}

/** The conversation or chat channel that began an execution; undefined where its context does not say. */
function conversationIn(context: unknown): string | undefined {
  const { trigger } = context as { trigger?: Partial<Record<"conversation" | "message", Begun>> };
  return (
    trigger?.conversation?.ConversationSid ??
    trigger?.conversation?.ChannelSid ??
    trigger?.message?.ChannelSid
  );
}

interface Begun {
  readonly ConversationSid?: string;
  readonly ChannelSid?: string;
}
