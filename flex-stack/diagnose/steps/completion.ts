import { isAgent } from "../agent.ts";
import { parseAttributes } from "../../account/attributes.ts";
import type { Case } from "../case.ts";
import { isOpen } from "../collect.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import { isTaskOver } from "../journey.ts";

/** After the end: are the agent, the active channel and the session gone? */
export async function completion(given: Case): Promise<Observation> {
  const { journey, reads } = given;
  const { taskSid, channelSid } = journey;
  if (taskSid === undefined) return skipped("No task has ended.");
  const task = await reads.taskrouter.task(taskSid);
  if (task !== undefined && task.assignmentStatus === "wrapping")
    return waiting("The agent wraps the task up.", { at: task.dateUpdated, sids: [task.sid] });
  if (task !== undefined && !isTaskOver(task)) return skipped("The conversation goes on.");
  if (channelSid === undefined) return skipped("Which conversation the task was about is not known.");
  if (journey.isOwn)
    return skipped("What is left of the conversation is the affair of the handler that opened it.");
  const at = task?.dateUpdated;
  const found = await reads.chat.channel(channelSid);
  // The next message makes a new task in it.
  if (parseAttributes(found?.attributes)["long_lived"] === true)
    return ok("The conversation is meant to live longer than its task: nothing has to be cleaned up.", {
      at,
      sids: [channelSid],
    });
  const left = await leftovers(given, channelSid, taskSid);
  const [first, ...others] = left;
  if (first !== undefined) return broken(first, { at, sids: [taskSid, channelSid], remarks: others });
  return ok("The agent has left, the chat channel is inactive and the session is deleted.", {
    at,
    sids: [channelSid],
  });
}

async function leftovers(
  { journey, reads, cleanUp }: Case,
  channelSid: string,
  taskSid: string,
): Promise<readonly Problem[]> {
  const { sessionSid } = journey;
  const channel = await reads.chat.channel(channelSid);
  const attributes = parseAttributes(channel?.attributes);
  const serviceSid = reads.place.chatServiceSid ?? "";
  const page = consolePage.channel(serviceSid, channelSid);
  const channelUrl = `https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}`;
  const found: Problem[] = [];
  const session = sessionSid === undefined ? undefined : await reads.proxy.session(sessionSid);
  if (session !== undefined)
    found.push({
      cause: "session-left",
      sentence: `Task ${taskSid} is over, and its Proxy session ${session.sid} is still there (${session.status})${isOpen(session) ? ": the customer's next message goes into the old conversation, where nobody sees it" : ", though Flex deletes it when the agent leaves the chat"}.`,
      fix: "Delete the session. Flex UI does it when an agent completes the task; for tasks that end otherwise, enable the janitor of the Flex Flow.",
      page: consolePage.session(session.serviceSid, session.sid),
      command: cleanUp.remove(
        `https://proxy.twilio.com/v1/Services/${session.serviceSid}/Sessions/${session.sid}`,
      ),
    });
  if (channel !== undefined && attributes["status"] !== "INACTIVE")
    found.push({
      cause: "channel-left-active",
      sentence: `Task ${taskSid} is over, and its chat channel ${channelSid} is still ${textStatus(attributes["status"])}: it counts among the customer's and the agent's open chats.`,
      fix: "Set the channel's status to INACTIVE, as completing the task in Flex UI does.",
      page,
      command: cleanUp.change(channelUrl, [
        ["Attributes", JSON.stringify({ ...attributes, status: "INACTIVE" })],
      ]),
    });
  const members = channel === undefined ? [] : (await reads.chat.members(channelSid)).filter(isAgent);
  for (const { sid, identity } of members)
    found.push({
      cause: "agent-left-in-channel",
      sentence: `Task ${taskSid} is over, and ${identity} is still a member of chat channel ${channelSid}.`,
      fix: "Remove the member: somebody in too many channels can join no new ones (Twilio error 45207).",
      page,
      command: cleanUp.remove(`${channelUrl}/Members/${sid}`),
    });
  return found;
}

function textStatus(status: unknown): string {
  return typeof status === "string" ? status : "without a status";
}
