import type { InteractionChannelInstance } from "twilio/lib/rest/flexApi/v1/interaction/interactionChannel.js";
import { textOf } from "../../account/attributes.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { isTaskOver } from "../journey.ts";
import { closing, closingAlone, freesPair } from "./closing.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/** Setting a channel up takes Flex less than so many seconds. */
const patience = 60;

/** Was an Interaction made of the conversation, and did it come to be? */
export async function interaction(given: TalkCase): Promise<Observation> {
  const { journey, reads } = given;
  const { interaction: names, task, taskSid, taskAttributes } = journey;
  if (names === undefined) {
    if (taskSid === undefined)
      return skipped("No task names an Interaction, and there is no other way to find one.");
    if (Object.keys(taskAttributes).length === 0)
      return skipped("The task is gone, and with it what it named.");
    return withoutInteraction(given, taskSid);
  }
  const channel = await reads.flex.interactionChannel(names);
  const sids = [names.interactionSid, names.channelSid];
  if (channel === undefined)
    return skipped(`Interaction channel ${names.channelSid} is gone, as 180 days after its last change.`);
  switch (String(channel.status)) {
    case "failed":
      return broken(await failed(given, channel), { sids });
    case "setup":
      return (task?.age ?? 0) < patience
        ? waiting("The Interaction is being set up.", { sids })
        : broken(
            {
              cause: "interaction-stuck",
              sentence: `Interaction channel ${channel.sid} is being set up for ${task?.age} s: the agent gets no conversation.`,
              fix: `Close the conversation: ${freesPair}. Tell Twilio's support the SIDs.`,
              command: await closing(given),
            },
            { sids },
          );
  }
  // It is active all the same: the agent is in the conversation, and the customer is not.
  if (channel.errorCode === 50416 && task !== undefined && !isTaskOver(task))
    return broken(await customerElsewhere(given, channel), { sids });
  return ok(`Interaction channel is ${channel.status} (${channel.type}).`, { sids });
}

/** A task that somebody made by TaskRouter alone: Flex UI knows no invite to accept. */
function withoutInteraction({ journey }: TalkCase, taskSid: string): Observation {
  const { task, conversation } = journey;
  if (task === undefined || isTaskOver(task)) return skipped("The task was made without an Interaction.");
  return broken({
    cause: "task-without-interaction",
    sentence: `The attributes of task ${taskSid} name no Interaction (flexInteractionChannelSid): Flex UI can't let an agent into conversation ${conversation?.sid ?? ""}.`,
    fix: "Let Send to Flex or the Interactions API make the task, and nothing replace its attributes. With an orchestration of your own, look into the plug-in that adds the agent.",
    page: consolePage.task(task.workspaceSid, task.sid),
  });
}

async function failed(given: TalkCase, channel: InteractionChannelInstance): Promise<Problem> {
  const { conversation } = given.journey;
  const { errorCode, errorMessage, sid } = channel;
  const isHeld = conversation !== undefined && isOpen(conversation);
  return {
    cause: "interaction-failed",
    sentence: `Interaction channel ${sid} failed${errorCode ? ` with Twilio error ${errorCode}` : ""}${errorMessage ? `: ${errorMessage.replace(/\.$/, "")}` : ""}${isHeld ? ". The conversation stays open, and no agent gets it" : ""}.`,
    fix: `Do what https://www.twilio.com/docs/errors/${errorCode || 45352} says.${isHeld ? ` Then close the conversation: ${freesPair}.` : ""}`,
    command: isHeld ? closingAlone(given.cleanUp, conversation) : undefined,
  };
}

/** The conversation that has the customer's pair of numbers, where an agent wanted to write to them. */
async function customerElsewhere(
  { journey, reads, cleanUp }: TalkCase,
  channel: InteractionChannelInstance,
): Promise<Problem> {
  const { conversation, taskAttributes } = journey;
  const customer = textOf(taskAttributes, "customerAddress");
  const serviceSid = conversation?.chatServiceSid ?? reads.place.chatServiceSid;
  const rows =
    customer === undefined || serviceSid === undefined
      ? []
      : await reads.conversations.participations(serviceSid, customer);
  const holder = rows.find(
    ({ conversationSid, conversationState }) =>
      conversationState !== "closed" && conversationSid !== conversation?.sid,
  );
  return {
    cause: "customer-not-added",
    sentence: `The customer is not in the conversation of Interaction channel ${channel.sid} (Twilio error 50416): ${holder === undefined ? "another one had the pair of numbers" : `conversation ${holder.conversationSid} has the pair of numbers`}. The agent is alone.`,
    fix: "Look where the customer takes part before an agent writes first. Close the other conversation unless somebody works on it, and begin anew.",
    command:
      holder && closingAlone(cleanUp, { chatServiceSid: holder.chatServiceSid, sid: holder.conversationSid }),
  };
}
