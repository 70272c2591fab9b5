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

/** Whether a flow has run, or runs, for a conversation. What can't be read counts as if it had: once more would be twice. */
export async function hasRun(
  { sid, customer, created }: Pick<Room, "sid" | "customer" | "created">,
  flowSid: string,
  { client }: TwilioAccount,
): Promise<boolean> {
  const dateCreatedFrom = new Date(created.getTime() - tolerance);
  const answer = await answerOf(() =>
    client.studio.v2.flows(flowSid).executions.list({ dateCreatedFrom, limit: 1000, pageSize: 1000 }),
  );
  if (answer.kind !== "found") return answer.kind !== "gone";
  return answer.value.some(({ contactChannelAddress: contact }) => contact === sid || contact === customer);
}
