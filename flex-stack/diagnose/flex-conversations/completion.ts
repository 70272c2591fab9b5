import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { consolePage } from "../console-page.ts";
import { isTaskOver } from "../journey.ts";
import { permitted } from "../permitted.ts";
import { workersOf } from "../steps/agents.ts";
import { closing, freesPair } from "./closing.ts";
import { isLeft } from "./left.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/** After the end: is the conversation closed, with the agent gone, or left to be taken up again? */
export async function completion(given: TalkCase): Promise<Observation> {
  const { journey, reads } = given;
  const { taskSid, conversation, interaction } = journey;
  if (taskSid === undefined) return skipped("No task has ended.");
  const task = await reads.taskrouter.task(taskSid);
  if (task !== undefined && task.assignmentStatus === "wrapping")
    return waiting(
      conversation !== undefined && !isOpen(conversation)
        ? `The agent wraps the task up. The conversation is closed already: ${freesPair}.`
        : "The agent wraps the task up.",
      { at: task.dateUpdated, sids: [task.sid] },
    );
  if (task !== undefined && !isTaskOver(task)) return skipped("The conversation goes on.");
  if (conversation === undefined) return skipped("Which conversation the task was about is not known.");
  const more = { at: task?.dateUpdated, sids: [conversation.sid] };
  if (!isOpen(conversation)) {
    const left = await agentLeft(given, taskSid);
    return left === undefined
      ? ok(`The agent has left, and the conversation is closed: ${freesPair}.`, more)
      : broken(left, more);
  }
  if (!(await isLeft(given)))
    return ok("The conversation stays open, and something hears of the customer's next message.", more);
  const channel = interaction && (await permitted(() => reads.flex.interactionChannel(interaction)));
  if (channel?.status === "inactive" || String(channel?.status) === "pause")
    return ok(
      `The conversation is left to be taken up again: its Interaction channel is ${channel?.status}.`,
      more,
    );
  return broken(
    {
      cause: "conversation-orphaned",
      sentence: `Task ${taskSid} is over, and its conversation ${conversation.sid} is still ${conversation.state}: it holds the customer's pair of numbers, and no flow and no agent hears of what they write next.`,
      fix: `Close it: ${freesPair}. Flex UI does it when an agent completes; for tasks that TaskRouter cancels or programs complete, nobody does but a closed timer.`,
      page: consolePage.conversation(conversation.chatServiceSid, conversation.sid),
      command: await closing(given),
    },
    more,
  );
}

/** Who is closed out of a conversation stays in it, and counts it among those that they can be in. */
async function agentLeft(
  { journey, reads, cleanUp }: TalkCase,
  taskSid: string,
): Promise<Problem | undefined> {
  const { conversation } = journey;
  if (conversation === undefined) return undefined;
  const agents = await workersOf(taskSid, reads);
  const participants = await reads.conversations.participants(conversation);
  const agent = participants.find(({ identity }) => agents.has(identity));
  const user = agent && (await permitted(() => reads.chat.user(agent.identity)));
  if (agent === undefined) return undefined;
  const { chatServiceSid, sid } = conversation;
  return {
    cause: "agent-left-in-conversation",
    sentence: `Task ${taskSid} is over, its conversation ${sid} is closed, and ${agent.identity} is still in it.`,
    fix: "Let the agent leave it: somebody in 1000 conversations can join no new ones (Twilio error 50214). Completing in Flex UI does it, and so does the Interaction.",
    page: consolePage.conversation(chatServiceSid, sid),
    command:
      user &&
      cleanUp.remove(
        `https://conversations.twilio.com/v1/Services/${chatServiceSid}/Users/${user.sid}/Conversations/${sid}`,
      ),
  };
}
