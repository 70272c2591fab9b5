import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { TwilioError } from "../../../kernel/errors.ts";
import { channel as chatChannel, member, role } from "../../chat/kinds.ts";
import { addTexter } from "../../conversations/acts.ts";
import { complete } from "../../conversations/binding.ts";
import { conversationOf } from "../../conversations/state.ts";
import { cancelTask } from "../../taskrouter/assignment/taskStatus.ts";
import {
  type InteractionChannel,
  interactionChannel,
  interactionParticipant,
  type Outsider,
} from "./kinds.ts";
import { openTasks } from "./tasks.ts";

/** Milliseconds that setting up a channel takes. */
export const setUpTime = 100;

/** Sets up a channel that was asked for: whoever is in the conversation is known, or it fails and its task is canceled. */
export function setUp(context: Context, { sid, fields: { conversation_sid, outsiders } }: Channel): void {
  try {
    checkConversation(context, conversation_sid);
    const problem = outsiders
      .map((outsider) => add(context, conversation_sid, outsider))
      .find((each) => each !== undefined);
    addCustomers(context, sid, conversation_sid, problem === undefined && outsiders.length === 0);
    finish(context, sid, {
      status: "active",
      ...(problem === undefined ? {} : { error_code: problem.code, error_message: problem.message }),
    });
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const { code, message } = error;
    finish(context, sid, { status: "failed", error_code: code, error_message: message });
    for (const waiting of openTasks(context, sid))
      if (["pending", "reserved"].includes(waiting.fields.assignment_status))
        cancelTask(context, waiting, `Interaction channel failed: ${message}`.slice(0, 256));
  }
}

type Channel = Document<InteractionChannel>;

function finish(context: Context, channelSid: string, change: Partial<InteractionChannel>): void {
  const channels = context.of(interactionChannel);
  const current = channels.get(channelSid);
  if (current !== undefined) channels.update(current, { ...current.fields, outsiders: [], ...change });
}

function checkConversation(context: Context, conversationSid: string): void {
  if (context.of(chatChannel).get(conversationSid) === undefined)
    throw new TwilioError(404, 45356, `Conversation ${conversationSid.slice(0, 64)} does not exist`);
  if (conversationOf(context, conversationSid).state === "closed")
    throw new TwilioError(400, 45356, `Conversation ${conversationSid} is closed`);
}

/**
 * Adds whom an agent or a program wants to talk to. That they are in another conversation does not keep the task from
 * its agent, who is alone with it then, as is seen at Twilio (https://github.com/twilio/twilio-php/issues/784).
 *
 * @returns that problem @throws TwilioError 45352 for any other
 */
function add(
  context: Context,
  conversationSid: string,
  { address, proxy_address: proxy }: Outsider,
): TwilioError | undefined {
  try {
    // Refused before anything is written.
    complete(context, conversationSid, { address, proxy, projected: null });
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    if (error.code === 50416) return error;
    throw new TwilioError(400, 45352, `The customer can't be added: ${error.message} (${error.code})`);
  }
  addTexter(context, conversationSid, address, proxy ?? "");
  return undefined;
}

/** The roles that Flex gives to those who work there: another interaction may have let them in. */
const staff: readonly string[] = ["agent", "supervisor", "admin"];

function isStaff(context: Context, roleSid: string): boolean {
  return staff.includes(context.of(role).get(roleSid)?.fields.friendly_name ?? "");
}

/** @param mustBe whether the customer was to be there already @throws TwilioError 45357 when nobody is */
function addCustomers(context: Context, channelSid: string, conversationSid: string, mustBe: boolean): void {
  const participants = context.of(interactionParticipant);
  const known = new Set(participants.all(channelSid).map(({ fields }) => fields.member_sid));
  const customers = context
    .of(member)
    .all(conversationSid)
    .filter(({ sid, fields }) => !known.has(sid) && !isStaff(context, fields.role_sid));
  if (mustBe && customers.length === 0 && known.size === 0)
    throw new TwilioError(
      400,
      45357,
      `Nobody is in conversation ${conversationSid}: the customer must be, first`,
    );
  for (const { sid } of customers)
    participants.insert(channelSid, {
      type: "customer",
      routing_properties: null,
      member_sid: sid,
      status: "active",
    });
}
