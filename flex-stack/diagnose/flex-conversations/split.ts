import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { permitted } from "../permitted.ts";
import { timeOf, tolerance } from "../journey.ts";
import { sessionEnding } from "./session-ending.ts";
import type { TalkCase } from "./talk.ts";

/** Whether what is in a chat is a text that came in. */
function isText(
  { from, body, dateCreated }: { from: string; body: string | null; dateCreated: Date },
  text: MessageInstance,
  customer: string,
): boolean {
  const distance = Math.abs(dateCreated.getTime() - timeOf(text).getTime());
  return from === customer && (body ?? "") === text.body && distance <= tolerance;
}

/**
 * The customer has a chat of Chat and Proxy open with the same number, from before it went to Flex Conversations: its agent
 * does not hear what they write now.
 */
export async function splitProblem({ reads, cleanUp, journey }: TalkCase): Promise<Problem | undefined> {
  const { customer, number, conversation, message } = journey;
  if (customer === undefined || number === undefined || conversation === undefined) return undefined;
  const sessions = ((await permitted(() => reads.proxy.sessions())) ?? []).filter(isOpen);
  if (sessions.length === 0) return undefined;
  // In Chat the customer's number is their identity.
  const own = new Set(await permitted(() => reads.chat.channelsOf(customer)));
  for (const session of sessions.filter(({ uniqueName }) => own.has(uniqueName))) {
    const channel = await permitted(() => reads.chat.channel(session.uniqueName));
    const attributes = parseAttributes(channel?.attributes);
    if (channel === undefined || textOf(attributes, "twilioNumber", "serviceNumber") !== number) continue;
    const heard = (await permitted(() => reads.chat.messages(channel.sid))) ?? [];
    if (message !== undefined && heard.some((one) => isText(one, message, customer)))
      return {
        cause: "doubled-in-chat",
        sentence: `The message is in conversation ${conversation.sid} and in chat ${channel.sid}, too: two agents may have it (doubled). So it is while an open conversation holds the pair of numbers and the number's SmsUrl leads to Proxy.`,
        fix: "Have one agent go on, and the other complete their task; the reconciliation of the number lists all such texts, with what to close.",
        page: consolePage.channel(channel.serviceSid, channel.sid),
      };
    const task = textOf(attributes, "taskSid", "task_sid");
    return {
      cause: "split-from-chat",
      sentence: `The message went into conversation ${conversation.sid}, while the customer's chat ${channel.sid} of before the number's move is open: its agent does not get what they write now (a split).`,
      fix: `Have the agent of the chat complete ${task === undefined ? "its task" : `task ${task}`}, and the one of the conversation go on; or end the chat by its Proxy session.`,
      page: consolePage.channel(channel.serviceSid, channel.sid),
      command: sessionEnding({ session: { sid: session.sid, serviceSid: session.serviceSid } }, cleanUp),
    };
  }
  return undefined;
}
