import { parseAttributes, textOf } from "../../account/attributes.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { permitted } from "../permitted.ts";
import { sessionEnding } from "./session-ending.ts";
import type { TalkCase } from "./talk.ts";

/**
 * The customer has a chat of Chat and Proxy open with the same number, from before it went to Flex Conversations: its agent
 * does not hear what they write now.
 */
export async function splitProblem({ reads, cleanUp, journey }: TalkCase): Promise<Problem | undefined> {
  const { customer, number, conversation } = journey;
  if (customer === undefined || number === undefined || conversation === undefined) return undefined;
  const sessions = ((await permitted(() => reads.proxy.sessions())) ?? []).filter(isOpen);
  if (sessions.length === 0) return undefined;
  // In Chat the customer's number is their identity.
  const own = new Set(await permitted(() => reads.chat.channelsOf(customer)));
  for (const session of sessions.filter(({ uniqueName }) => own.has(uniqueName))) {
    const channel = await permitted(() => reads.chat.channel(session.uniqueName));
    const attributes = parseAttributes(channel?.attributes);
    if (channel === undefined || textOf(attributes, "twilioNumber", "serviceNumber") !== number) continue;
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
