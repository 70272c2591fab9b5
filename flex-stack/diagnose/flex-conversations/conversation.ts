import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, type Observation, type Problem } from "../finding.ts";
import { isTaskOver } from "../journey.ts";
import { permitted } from "../permitted.ts";
import { bindingOf } from "../reads/conversations.ts";
import { stamp } from "../stamp.ts";
import { closing, closingAlone, endingInteraction, freesPair } from "./closing.ts";
import { isAfterTask, isLeft } from "./left.ts";
import { splitProblem } from "./split.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/** Is the conversation there and open, in Flex's service, and does somebody hear of the message? */
export async function conversation(given: TalkCase): Promise<Observation> {
  const { journey, reads, cleanUp } = given;
  const { conversationSid, message } = journey;
  if (conversationSid === undefined) return skipped("No conversation is known to look at.");
  // Asked once more: what was refused while the journey was looked for is told here.
  const found = journey.conversation ?? (await there(given, conversationSid));
  if (found === undefined)
    return broken(
      {
        cause: "conversation-missing",
        sentence: `Conversation ${conversationSid} is gone: it was deleted, or never was in Flex's service.`,
        fix: `Find out what deletes conversations; closing one keeps it. The pair of numbers is free: ${freesPair}.`,
      },
      { sids: [conversationSid] },
    );
  const page = consolePage.conversation(found.chatServiceSid, found.sid);
  const more = { at: found.dateCreated, sids: [found.sid] };
  const own = reads.place.chatServiceSid;
  if (own !== undefined && found.chatServiceSid !== own && isOpen(found))
    return broken(
      {
        cause: "conversation-other-service",
        sentence: `Conversation ${found.sid} is in service ${found.chatServiceSid}, and Flex works with ${own}: no agent sees it.`,
        fix: `Close it once the number's Address opens conversations in Flex's service: ${freesPair}.`,
        page,
        command: closingAlone(cleanUp, found),
      },
      more,
    );
  const early = closedEarly(given);
  if (early !== undefined) return broken({ ...early, page }, more);
  const unheard = await unheardProblem(given);
  if (unheard !== undefined) return broken({ ...unheard, page }, more);
  const split = message === undefined ? undefined : await splitProblem(given);
  if (split !== undefined) return broken(split, more);
  const [participants, messages] = await Promise.all([
    reads.conversations.participants(found),
    reads.conversations.messages(found),
  ]);
  const customers = participants.filter((one) => bindingOf(one) !== undefined).length;
  const who = [
    customers > 1 ? `${customers} customers` : customers > 0 ? "the customer" : "",
    participants.length > customers ? `${participants.length - customers} in chat` : "",
  ].filter((part) => part !== "");
  const held =
    message === undefined ? `${messages.length} messages` : `the message (${given.body(message.body)})`;
  return ok(
    `Conversation is ${found.state}, with ${who.join(" and ") || "nobody"} in it, and holds ${held}.`,
    more,
  );
}

async function there({ reads }: TalkCase, sid: string) {
  const { chatServiceSid } = reads.place;
  return chatServiceSid === undefined ? undefined : reads.conversations.conversation(chatServiceSid, sid);
}

/** It was closed while its task goes on. Wrapping up closes it, as it should be. */
function closedEarly({ journey, cleanUp }: TalkCase): Omit<Problem, "page"> | undefined {
  const { conversation, task, interaction } = journey;
  if (conversation === undefined || isOpen(conversation) || task === undefined) return undefined;
  if (isTaskOver(task) || task.assignmentStatus === "wrapping") return undefined;
  return {
    cause: "conversation-closed",
    sentence: `Conversation ${conversation.sid} was closed at ${stamp(conversation.dateUpdated)} while its task ${task.sid} is ${task.assignmentStatus}: what the agent writes is refused (Twilio error 50377), and ${freesPair}.`,
    fix: "Nothing opens it again: end its task. Find out what closed it: a program, or a closed timer that is shorter than customers think.",
    ...(interaction !== undefined && { command: endingInteraction(cleanUp, interaction) }),
  };
}

/** The message went into a conversation that was left: neither a flow nor an agent hears of it. */
async function unheardProblem(given: TalkCase): Promise<Omit<Problem, "page"> | undefined> {
  const { journey, reads } = given;
  const { conversation, taskSid, task, interaction } = journey;
  if (conversation === undefined || !(await isAfterTask(given)) || !(await isLeft(given))) return undefined;
  const channel = interaction && (await permitted(() => reads.flex.interactionChannel(interaction)));
  const command = await closing(given);
  if (channel?.status === "inactive" || String(channel?.status) === "pause")
    return {
      cause: "conversation-parked",
      sentence: `The message went into conversation ${conversation.sid}, which was left when task ${taskSid} ended: it is awake again, and nobody is invited to it.`,
      fix: `Who parks conversations has to invite somebody when the customer writes, by a webhook of the conversation. Close it: ${freesPair}.`,
      command,
    };
  return {
    cause: "conversation-orphaned",
    sentence: `The message went into conversation ${conversation.sid}, left over from task ${taskSid}, which is ${task === undefined ? "gone" : task.assignmentStatus}${task?.reason ? ` (${task.reason.replace(/\.$/, "")})` : ""}: it holds the pair of numbers, and no flow and no agent hears of it.`,
    fix: `Close it: ${freesPair}. Have tasks end by their Interaction; for those that TaskRouter cancels, close the conversation when it tells of it, or by a closed timer.`,
    command,
  };
}
