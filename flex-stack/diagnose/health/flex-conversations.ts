import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { identityOf } from "../agent.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { maxConversations, roomProblem } from "../flex-conversations/agent-room.ts";
import { closingAlone, endingInteraction, freesPair } from "../flex-conversations/closing.ts";
import { isFlexChat } from "../flex-conversations/collect-talk.ts";
import { interactionIn, isOpen } from "../flex-conversations/talk.ts";
import { studioFlowOf } from "../find-execution.ts";
import { autoCreationOf, bindingOf, opens } from "../reads/conversations.ts";
import type { Reads } from "../reads/reads.ts";
import { hears, readStates } from "../studio-flow.ts";
import type { Account, Check } from "./check.ts";

/** Most conversations and agents that are asked for one by one. */
const maxAsked = 20;

/** Whether the account uses Flex Conversations: only then is there anything to find. */
async function isUsed({ reads }: Account): Promise<boolean> {
  return reads.place.chatServiceSid !== undefined && (await reads.conversations.addresses()).some(opens);
}

/** Conversations that hold a pair of numbers, and nobody hears of what is said in them. */
export const orphanConversations: Check = {
  name: "orphan-conversations",
  holds:
    "No conversation holds a customer's pair of numbers without a task, a flow that hears it, or a webhook.",
  async find(account) {
    if (!(await isUsed(account))) return [];
    const { reads, cleanUp } = account;
    const found: Problem[] = [];
    for (const conversation of (await withoutTask(reads)).slice(0, maxAsked)) {
      const deafness = await deafnessOf(reads, conversation);
      if (deafness === undefined) continue;
      const participants = await reads.conversations.participants(conversation);
      if (!participants.some((one) => bindingOf(one)?.proxy_address !== undefined)) continue;
      const { sid, chatServiceSid, state } = conversation;
      found.push({
        cause: "conversation-orphaned",
        sentence: `Conversation ${sid} is ${state}, and ${deafness.why}: it holds the customer's pair of numbers, and nobody sees what they write.`,
        fix: deafness.fix,
        page: consolePage.conversation(chatServiceSid, sid),
        command: closingAlone(cleanUp, conversation),
      });
    }
    return found;
  },
  async remark(account) {
    if (!(await isUsed(account))) return undefined;
    const { length } = await withoutTask(account.reads);
    return length > maxAsked
      ? `Of ${length} without a task the first ${maxAsked} were looked at.`
      : undefined;
  },
};

/** Why nobody hears of what is said in a conversation without a task; undefined where somebody does. */
async function deafnessOf(
  reads: Reads,
  conversation: ConversationInstance,
): Promise<{ why: string; fix: string } | undefined> {
  const webhooks = await reads.conversations.webhooks(conversation);
  const [webhook] = webhooks;
  if (webhook === undefined)
    return {
      why: "neither a task nor a flow nor a webhook hears of it",
      fix: "Close it: the customer's next text opens a new conversation. Have tasks end by their Interaction; for those that TaskRouter cancels, close the conversation when it tells of it, or by a closed timer.",
    };
  const flowSid = studioFlowOf(webhook.configuration);
  if (webhooks.length > 1 || flowSid === undefined) return undefined;
  const flow = await reads.studio.flow(flowSid);
  const deaf = (why: string) => ({
    why,
    fix: "Close it: the customer's next text opens a new conversation, with what its Address names by now.",
  });
  if (flow === undefined) return deaf(`its Studio flow ${flowSid} does not exist`);
  if (hears(readStates(flow.definition), "incomingConversationMessage")) return undefined;
  // A flow that is in use is mended, and hears the conversation then.
  const isUsed = (await reads.conversations.addresses()).some(
    (address) => opens(address) && autoCreationOf(address).studio_flow_sid === flowSid,
  );
  return isUsed
    ? undefined
    : deaf(`its Studio flow ${flow.friendlyName} (${flowSid}) does nothing with messages of conversations`);
}

/** Open conversations that no task which goes on is about; those of Chat left out. */
async function withoutTask(reads: Reads): Promise<readonly ConversationInstance[]> {
  const own = reads.place.chatServiceSid ?? "";
  const [active, inactive] = await Promise.all([
    reads.conversations.conversations(own, "active"),
    reads.conversations.conversations(own, "inactive"),
  ]);
  const withTask = new Set((await tasksOfConversations(reads)).map(({ conversationSid }) => conversationSid));
  return [...active, ...inactive].filter(
    ({ sid, attributes }) => !withTask.has(sid) && !isFlexChat(parseAttributes(attributes)),
  );
}

interface TaskOfConversation {
  readonly task: TaskInstance;
  readonly conversationSid: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Tasks that are not over and are about a conversation. */
async function tasksOfConversations(reads: Reads): Promise<readonly TaskOfConversation[]> {
  return (await reads.taskrouter.openTasks()).flatMap((task) => {
    const attributes = parseAttributes(task.attributes);
    const conversationSid = textOf(attributes, "conversationSid");
    return conversationSid === undefined ? [] : [{ task, conversationSid, attributes }];
  });
}

/** Tasks whose conversation has ended before them: agents can't write, and customers are somewhere else. */
export const closedConversations: Check = {
  name: "closed-conversations",
  holds: "No task outlived its conversation, and nobody waits for an agent to be done wrapping up.",
  async find(account) {
    if (!(await isUsed(account))) return [];
    const { reads, cleanUp } = account;
    const own = reads.place.chatServiceSid ?? "";
    const all = await tasksOfConversations(reads);
    const open = new Set(
      (await reads.conversations.conversations(own, "active"))
        .concat(await reads.conversations.conversations(own, "inactive"))
        .map(({ sid }) => sid),
    );
    const doubtful = all
      .filter(
        ({ task, conversationSid }) => task.assignmentStatus !== "wrapping" && !open.has(conversationSid),
      )
      .slice(0, maxAsked);
    const found: Problem[] = [];
    for (const { task, conversationSid, attributes } of doubtful) {
      const conversation = await reads.conversations.conversation(own, conversationSid);
      if (conversation === undefined || isOpen(conversation)) continue;
      const names = interactionIn(attributes);
      found.push({
        cause: "conversation-closed",
        sentence: `Conversation ${conversationSid} is closed while its task ${task.sid} is ${task.assignmentStatus}: what the agent writes is refused (Twilio error 50377), and ${freesPair}.`,
        fix: "Nothing opens it again: end its task. Find out what closed it: a program, or a closed timer that is shorter than customers think.",
        page: consolePage.task(task.workspaceSid, task.sid),
        command: names && endingInteraction(cleanUp, names),
      });
    }
    return [...found, ...waitingForWrapUp(account, all)];
  },
};

/** Customers who wrote again while their conversation was wrapped up, and whose new task nobody has room for. */
function waitingForWrapUp({ cleanUp }: Account, all: readonly TaskOfConversation[]): Problem[] {
  return all
    .filter(({ task }) => task.assignmentStatus === "wrapping")
    .flatMap(({ task, attributes, conversationSid }): Problem[] => {
      const customer = textOf(attributes, "customerAddress");
      const next = all.find(
        (one) =>
          customer !== undefined &&
          one.task.assignmentStatus === "pending" &&
          textOf(one.attributes, "customerAddress") === customer,
      );
      if (next === undefined) return [];
      const names = interactionIn(attributes);
      return [
        {
          cause: "closed-while-wrapping",
          sentence: `The customer of task ${next.task.sid} waits, whose conversation ${conversationSid} before is wrapped up in task ${task.sid}: that closed it, so that their next text opened another one.`,
          fix: "Complete the task that is wrapped up: it takes the agent's room. Let agents complete without wrapping up long, or have room for two.",
          page: consolePage.task(task.workspaceSid, task.sid),
          command: names && endingInteraction(cleanUp, names),
        },
      ];
    });
}

/** Agents who can be added to no conversation any more. */
export const agentRoom: Check = {
  name: "agent-room",
  holds: "Every agent who is available can join one more conversation.",
  async find(account) {
    if (!(await isUsed(account))) return [];
    const { reads } = account;
    const found: Problem[] = [];
    for (const worker of await available(reads)) {
      const identity = identityOf(worker);
      const room = identity === undefined ? undefined : await roomProblem(account, identity);
      if (room === undefined) continue;
      found.push({
        cause: "agent-in-too-many-conversations",
        sentence: `Worker ${worker.friendlyName} (${worker.sid}) can join no more conversations, for nobody can be in more than ${maxConversations} (Twilio error 50214). ${room.sentence}`,
        fix: room.fix,
        page: consolePage.worker(worker.workspaceSid, worker.sid),
        command: room.command,
      });
    }
    return found;
  },
  async remark(account) {
    if (!(await isUsed(account))) return undefined;
    const { length } = (await account.reads.taskrouter.workers()).filter((one) => one.available);
    return length > maxAsked ? `Of ${length} available the first ${maxAsked} were looked at.` : undefined;
  },
};

async function available(reads: Reads) {
  return (await reads.taskrouter.workers()).filter((one) => one.available).slice(0, maxAsked);
}
