import { isTaskOver, timeOf } from "../journey.ts";
import { permitted } from "../permitted.ts";
import { endOfTask, isLater } from "../task-end.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/**
 * Whether nobody hears of what is said in a conversation: it is open, none of its tasks goes on, and neither a flow nor a
 * webhook waits for the next message.
 */
export async function isLeft({ journey, reads }: TalkCase): Promise<boolean> {
  const { conversation, task, execution } = journey;
  if (conversation === undefined || !isOpen(conversation)) return false;
  if (task !== undefined && !isTaskOver(task)) return false;
  if (execution?.status === "active") return false;
  return (await reads.conversations.webhooks(conversation)).length === 0;
}

/** Whether the message in question came when the conversation's task was over already. */
export async function isAfterTask({ journey, reads }: TalkCase): Promise<boolean> {
  const { message, taskSid } = journey;
  if (message === undefined || taskSid === undefined) return false;
  const ended = await permitted(() => endOfTask(taskSid, reads));
  return ended !== undefined && isLater(timeOf(message), ended);
}
