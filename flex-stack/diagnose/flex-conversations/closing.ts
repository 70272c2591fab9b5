import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { CleanUp } from "../clean-up.ts";
import { permitted } from "../permitted.ts";
import type { InteractionNames } from "../reads/flex.ts";
import type { Reads } from "../reads/reads.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/** What comes of closing a conversation. */
export const freesPair = "the customer's next text opens a new conversation";

/** The command that closes the conversation of a journey, through its Interaction where that can be; nothing when it is closed. */
export async function closing({ journey, reads, cleanUp }: TalkCase): Promise<string | undefined> {
  const { conversation, interaction } = journey;
  if (conversation === undefined || !isOpen(conversation)) return undefined;
  if (interaction !== undefined && (await isUsable(interaction, reads)))
    return endingInteraction(cleanUp, interaction);
  return closingAlone(cleanUp, conversation);
}

/** A channel that has failed, or is closed or gone, changes no more. */
async function isUsable(interaction: InteractionNames, reads: Reads): Promise<boolean> {
  const channel = await permitted(() => reads.flex.interactionChannel(interaction));
  return channel !== undefined && channel.status !== "failed" && channel.status !== "closed";
}

/** Ends an Interaction as Flex UI does when an agent completes: with its tasks, agents and conversation. */
export function endingInteraction(
  cleanUp: CleanUp,
  { interactionSid, channelSid }: InteractionNames,
): string {
  return cleanUp.change(
    `https://flex-api.twilio.com/v1/Interactions/${interactionSid}/Channels/${channelSid}`,
    [
      ["Status", "closed"],
      ["Routing", JSON.stringify({ status: "closed" })],
    ],
  );
}

/** Closes a conversation, whatever it is about. */
export function closingAlone(
  cleanUp: CleanUp,
  { chatServiceSid, sid }: Pick<ConversationInstance, "chatServiceSid" | "sid">,
): string {
  return cleanUp.change(
    `https://conversations.twilio.com/v1/Services/${chatServiceSid}/Conversations/${sid}`,
    [["State", "closed"]],
  );
}
