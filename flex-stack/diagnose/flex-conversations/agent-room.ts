import type { Circumstances } from "../case.ts";
import type { Problem } from "../finding.ts";
import { permitted } from "../permitted.ts";

/** Most conversations that somebody can be in. */
export const maxConversations = 1000;

/** What keeps an agent from joining one more conversation, and how to leave some that are over. */
export async function roomProblem(
  { reads, cleanUp }: Pick<Circumstances, "reads" | "cleanUp">,
  identity: string,
): Promise<Pick<Problem, "sentence" | "fix" | "command"> | undefined> {
  const serviceSid = reads.place.chatServiceSid;
  // The user is one in Chat and Conversations, and so is what they are in; Conversations does not count it.
  const user = await permitted(() => reads.chat.user(identity));
  if (serviceSid === undefined || user === undefined || user.joinedChannelsCount < maxConversations)
    return undefined;
  const closed = (await reads.conversations.userConversations(serviceSid, user.sid))
    .filter(({ conversationState }) => conversationState === "closed")
    .map(({ conversationSid }) => conversationSid);
  const url = `https://conversations.twilio.com/v1/Services/${serviceSid}/Users/${user.sid}/Conversations`;
  return {
    sentence: `${identity} is in ${user.joinedChannelsCount}${closed.length === 0 ? "" : `, ${closed.length} of those looked at are closed`}.`,
    fix: "Let the agent leave those that are over. Conversations that are closed by the Interaction lose their agents by themselves; those that programs and timers close do not.",
    command: closed.length === 0 ? undefined : cleanUp.removeAll(url, closed),
  };
}
