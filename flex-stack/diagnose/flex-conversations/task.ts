import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { broken, skipped, type Observation, type Problem } from "../finding.ts";
import { permitted } from "../permitted.ts";
import { autoCreationOf } from "../reads/conversations.ts";
import { reasonForNoTask } from "../steps/no-task.ts";
import { routed } from "../steps/task.ts";
import { closing, endingInteraction, freesPair } from "./closing.ts";
import { participationsOf } from "./collect-talk.ts";
import { tasksOf } from "./find-task.ts";
import { flexSids, interactionIn, isOpen, type TalkCase } from "./talk.ts";

/** Is there a task for the conversation, and if nobody got it, why not? */
export async function task(given: TalkCase): Promise<Observation> {
  const { taskSid, conversationSid, conversation, execution } = given.journey;
  if (taskSid === undefined)
    return conversationSid === undefined
      ? skipped("No conversation is there to make a task of.")
      : reasonForNone(given, conversationSid);
  const found = await routed(given, taskSid, {
    link: (one, page) => linkProblem(given, one, page),
    isOver: conversation !== undefined && !isOpen(conversation),
    isKnown: conversation !== undefined || execution !== undefined,
    ending: `Close the conversation: ${freesPair}.`,
    command: await closing(given),
  });
  if (found.problem?.cause !== "no-capacity") return found;
  const held = await permitted(() => wrappingUp(given, found.sentence));
  const { at, sids = [], details = [] } = found;
  return held === undefined ? found : broken(held, { at, sids, details });
}

async function reasonForNone(given: TalkCase, conversationSid: string): Promise<Observation> {
  const { journey, reads } = given;
  const { conversation, address, execution } = journey;
  if (conversation === undefined) return skipped("Nothing got as far as a task.");
  const creation = address && autoCreationOf(address);
  const webhooks = isOpen(conversation) ? await reads.conversations.webhooks(conversation) : [];
  const told = webhooks.find(({ target }) => target !== "studio")?.configuration as
    { readonly url?: string } | undefined;
  if (execution === undefined && isOpen(conversation) && (told !== undefined || creation?.type === "webhook"))
    return broken({
      cause: "handler-made-no-task",
      sentence: `Conversation ${conversationSid} is posted to ${told?.url ?? creation?.webhook_url ?? "a URL"}, which made no task of it.`,
      fix: "Look in the log of that handler: it has to make an Interaction of the conversation, with routing.",
    });
  return reasonForNoTask({
    ...given,
    journey: { isOwn: false, channelSid: conversationSid, flexFlows: [], execution },
  });
}

/** The task names another conversation than its own, or no Interaction any more. */
function linkProblem({ journey, cleanUp }: TalkCase, found: TaskInstance, page: string): Problem | undefined {
  const { conversationSid, taskAttributes } = journey;
  const current = parseAttributes(found.attributes);
  const lost = flexSids.filter(
    (name) => textOf(taskAttributes, name) !== undefined && current[name] !== taskAttributes[name],
  );
  if (lost.length === 0) return undefined;
  return {
    cause: "task-unlinked",
    sentence: `The attributes of task ${found.sid} have lost ${lost.join(", ")}: Flex UI shows the agent no conversation for it${conversationSid === undefined ? "" : `, which ${conversationSid} is`}.`,
    fix: "Whoever changes the attributes of tasks has to keep those of Flex. Set them again:",
    page,
    command: cleanUp.change(
      `https://taskrouter.twilio.com/v1/Workspaces/${found.workspaceSid}/Tasks/${found.sid}`,
      [
        [
          "Attributes",
          JSON.stringify({
            ...current,
            ...Object.fromEntries(lost.map((name) => [name, taskAttributes[name]])),
          }),
        ],
      ],
    ),
  };
}

/**
 * Nobody has room, and the customer's conversation before this one is being wrapped up: wrapping up closes it, so that what
 * the customer wrote meanwhile is another one.
 */
async function wrappingUp(
  { journey, reads, cleanUp }: TalkCase,
  sentence: string,
): Promise<Problem | undefined> {
  const { conversation, customer, number } = journey;
  if (conversation === undefined || customer === undefined || number === undefined) return undefined;
  const rows = await participationsOf({ customer, number }, [conversation.chatServiceSid], reads);
  const before = rows.find(
    ({ conversationSid, conversationState, conversationDateCreated }) =>
      conversationSid !== conversation.sid &&
      conversationState === "closed" &&
      conversationDateCreated.getTime() <= conversation.dateCreated.getTime(),
  );
  if (before === undefined) return undefined;
  const wrapping = (await tasksOf(before.conversationSid, reads)).find(
    ({ assignmentStatus }) => assignmentStatus === "wrapping",
  );
  if (wrapping === undefined) return undefined;
  const names = interactionIn(parseAttributes(wrapping.attributes));
  return {
    cause: "closed-while-wrapping",
    sentence: `The customer wrote while conversation ${before.conversationSid} is wrapped up, which closed it: the text opened another one. ${sentence}`,
    fix: `Complete task ${wrapping.sid}, which is being wrapped up: it takes the room. Let agents complete without wrapping up long, or have room for two.`,
    command: names && endingInteraction(cleanUp, names),
  };
}
