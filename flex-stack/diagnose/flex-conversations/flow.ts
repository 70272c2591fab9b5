import { consolePage } from "../console-page.ts";
import { broken, skipped, type Observation, type Problem } from "../finding.ts";
import { autoCreationOf } from "../reads/conversations.ts";
import { active, ended, holderOf } from "../steps/studio.ts";
import { hears, readStates } from "../studio-flow.ts";
import { isLedElsewhere } from "./address-problem.ts";
import { closing, freesPair } from "./closing.ts";
import { findTalkExecution, flowsOf } from "./find-execution.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/** What a conversation's message is to a flow. */
const event = "incomingConversationMessage";

/** Did the Studio flow run for this conversation, and where did it end? */
export async function flow(given: TalkCase): Promise<Observation> {
  const { journey, reads } = given;
  const { conversation, conversationSid, message, task, taskSid } = journey;
  if (conversation === undefined || conversationSid === undefined)
    return skipped("No conversation got to a flow.");
  // Asked once more: what was refused while the journey was looked for is told here.
  const execution = await findTalkExecution({ ...journey, conversationSid }, reads);
  if (execution === undefined) return withoutExecution(given);
  const steps = await reads.studio.steps(execution.flowSid, execution.sid);
  const more = { at: execution.dateCreated, sids: [execution.sid] };
  if (execution.status !== "active") return ended(given, execution, steps, more, task);
  return active(given, execution, steps, more, {
    message,
    taskSid,
    isDeaf: async () => {
      const webhooks = await reads.conversations.webhooks(conversation);
      return webhooks.some(({ target }) => target === "studio")
        ? undefined
        : webhookMissing(given, execution.flowSid, await closing(given));
    },
  });
}

/** The conversation is there, and no flow ran for it. */
async function withoutExecution(given: TalkCase): Promise<Observation> {
  const { journey, reads, repair } = given;
  const { conversation, address, taskSid } = journey;
  if (conversation === undefined) return skipped("No conversation got to a flow.");
  const webhooks = await reads.conversations.webhooks(conversation);
  const url = webhooks.find(({ target }) => target !== "studio")?.configuration as
    { url?: string } | undefined;
  const creation = address && autoCreationOf(address);
  const told = url?.url ?? (creation?.type === "webhook" ? creation.webhook_url : undefined);
  if (taskSid !== undefined)
    return skipped("The execution that made the task is no longer there, or none did.");
  if (told !== undefined)
    return skipped(`The conversation's events are posted to ${told}: no Studio flow has a part.`);
  if (!isOpen(conversation)) return skipped("The conversation is closed, and its flow is no longer known.");
  const page = consolePage.flexMessaging();
  if (webhooks.length === 0 && creation !== undefined && creation.type === "default")
    return broken({
      cause: "address-without-handler",
      sentence: `The Address ${address?.sid} opens conversations and has nobody told of them: no flow and no webhook.`,
      fix: repair.or("Let it lead to a Studio flow or a webhook", address?.sid),
      page,
      command: await closing(given),
    });
  const [flowSid] = await flowsOf(conversation, address, reads);
  // Who changes an Address leaves open conversations as they are.
  const isFormer =
    webhooks.length > 0 && creation?.studio_flow_sid !== undefined && creation.studio_flow_sid !== flowSid;
  const found = flowSid === undefined ? undefined : await reads.studio.flow(flowSid);
  if (flowSid === undefined) return broken(webhookMissing(given, undefined, await closing(given)));
  if (found === undefined)
    return broken({
      cause: "flow-missing",
      sentence: `The Studio flow ${flowSid} that ${isFormer ? `conversation ${conversation.sid} goes through` : "the number's Address names"} does not exist.`,
      fix: isFormer
        ? `Close the conversation: ${freesPair}, with the flow that its Address names by now.`
        : repair.or("Point the Address to the right flow", flowSid, address?.sid),
      page,
      command: await closing(given),
    });
  const holder = await holderOf(given, flowSid, {
    began: conversation.dateCreated,
    contacts: [journey.customer, conversation.sid],
  });
  if (holder !== undefined) return holder;
  if (found.status !== "published" && found.revision === 1)
    return broken({
      cause: "flow-unpublished",
      sentence: `The Studio flow ${found.friendlyName} (${flowSid}) was never published.`,
      fix: repair.or("Publish it in Studio", flowSid, address?.sid),
      page: consolePage.flow(flowSid),
    });
  const elsewhere = address !== undefined && isLedElsewhere(repair, address) ? address.sid : undefined;
  if (!hears(readStates(found.definition), event))
    return broken({
      cause: "trigger-not-wired",
      sentence: `The Studio flow ${found.friendlyName} (${flowSid}) does nothing with messages of conversations: its trigger leads nowhere for ${event}.`,
      fix: isFormer
        ? `Close the conversation: ${freesPair}, with the flow that its Address names by now.`
        : repair.or(
            `Lead ${event} of the trigger (Incoming Conversation) to the first step, and publish it`,
            flowSid,
            elsewhere,
          ),
      page: consolePage.flow(flowSid),
      // Else the flow has it as soon as it is mended.
      command: isFormer || elsewhere !== undefined ? await closing(given) : undefined,
    });
  if (!webhooks.some(({ target }) => target === "studio"))
    return broken(webhookMissing(given, flowSid, await closing(given)));
  return broken({
    cause: "flow-not-run",
    sentence: `The Studio flow ${found.friendlyName} (${flowSid}) did not run for conversation ${conversation.sid}: ${found.status === "published" ? "it has no execution" : `its latest revision, ${found.revision}, is a draft`}.`,
    fix: "The flow may have been different when the message came: let the customer write again, and look at its log.",
    page: consolePage.flow(flowSid),
  });
}

function webhookMissing({ journey }: TalkCase, flowSid?: string, command?: string): Problem {
  const { conversation, conversationSid = "" } = journey;
  return {
    cause: "conversation-webhook-missing",
    sentence: `Conversation ${conversationSid} has no webhook to ${flowSid === undefined ? "a Studio flow or a URL" : `the Studio flow ${flowSid}`}: what the customer writes does not get to it.`,
    fix: `Close the conversation: ${freesPair}, with the webhook that its Address gives it.`,
    page: consolePage.conversation(conversation?.chatServiceSid ?? "", conversationSid),
    command,
  };
}
