import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration.js";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, type Observation, type Problem } from "../finding.ts";
import { channelTypeOf } from "../journey.ts";
import { autoCreationOf, opens } from "../reads/conversations.ts";
import { addressDisabled, addressMissing, addressProblem } from "./address-problem.ts";
import { openingHookProblem } from "./opening-hook.ts";
import { secondHandler } from "./second-handler.ts";
import { isReplay, serviceOf } from "./collect-talk.ts";
import type { TalkCase } from "./talk.ts";

/** Who took the text: the conversation that holds the pair of numbers, or one that the number's Address opened. */
export async function address(given: TalkCase): Promise<Observation> {
  const { number, conversation, conversationSid, said, message } = given.journey;
  if (number === undefined)
    return skipped(
      conversationSid === undefined
        ? "No message is known to look for."
        : "Nobody texts in this conversation: no Address has a part.",
    );
  // Asked once more: what was refused while the journey was looked for is told here.
  const found = await given.reads.conversations.address(number);
  if (conversationSid === undefined) {
    if (message === undefined)
      return skipped("The text to the customer is of no conversation that is still there.");
    return given.brokenBefore
      ? skipped("The message did not get to an Address.")
      : broken(await reasonForNone(given, number, found), { sids: found === undefined ? [] : [found.sid] });
  }
  const sids = found === undefined ? [] : [found.sid];
  const beside =
    found !== undefined && opens(found) ? await secondHandler(given, number, found.sid) : undefined;
  if (beside !== undefined) return broken(beside, { sids });
  if (conversation === undefined) return skipped("The conversation that was opened is not there.");
  const isElsewhere = conversation.chatServiceSid !== given.reads.place.chatServiceSid;
  const wrong =
    isElsewhere && found !== undefined && opens(found) ? await addressProblem(given, found) : undefined;
  if (wrong !== undefined) return broken(wrong, { sids });
  const at = conversation.dateCreated;
  if (said !== undefined && message !== undefined && isReplay(said, message))
    return ok(`It was lost; migrate reconcile put it into conversation ${conversation.sid}.`, { at, sids });
  if (found !== undefined && opens(found) && said?.index === 0)
    return ok(`Address ${found.sid} opened a conversation for it.`, { at, sids });
  return ok(
    said === undefined
      ? `The pair of numbers is in conversation ${conversation.sid}.`
      : `Conversation ${conversation.sid} held the pair of numbers, and took it.`,
    { at, sids },
  );
}

/** Why a text that came in led to no conversation. */
async function reasonForNone(
  given: TalkCase,
  number: string,
  found: AddressConfigurationInstance | undefined,
): Promise<Problem> {
  const { reads, repair, journey } = given;
  if (found === undefined) return addressMissing(repair, number);
  if (!opens(found)) return addressDisabled(given, found);
  const kind = channelTypeOf(number);
  if (found.type.toLowerCase() !== kind)
    return {
      cause: "address-other-channel",
      sentence: `The Address ${found.sid} of ${number} is of type ${found.type}, not ${kind}: a text to it opens no conversation.`,
      fix: repair.or(`Delete it, and give the number an Address of type ${kind}`, found.sid),
      page: consolePage.flexMessaging(),
    };
  const wrong = await addressProblem(given, found);
  if (wrong?.cause === "address-service-missing") return wrong;
  const serviceSid = await serviceOf(autoCreationOf(found), reads);
  const hook = serviceSid && (await openingHookProblem(given, serviceSid));
  if (hook)
    return {
      ...hook,
      sentence: `No conversation was opened for message ${journey.message?.sid}: ${hook.sentence}`,
    };
  return {
    cause: "conversation-missing",
    sentence: `No conversation holds message ${journey.message?.sid}, though Address ${found.sid} is in order today.`,
    fix: "The set-up may have been different when the message came, or the conversation was deleted. Let the customer write again, and diagnose that message.",
    page: consolePage.flexMessaging(),
  };
}
