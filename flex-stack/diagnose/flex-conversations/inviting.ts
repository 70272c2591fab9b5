import type { TalkCase } from "./talk.ts";

/** What Flex writes into the attributes of a task by itself. */
const flexWrites =
  /^(from|name|customerName|customerAddress|channelType|direction|initiatedBy|customers|conversations|conversationSid|flex\w+Sid)$/;

/**
 * The command that invites somebody to a conversation again, as its task was routed, and ends that task: nobody can take it
 * up. In this order the conversation is never without one.
 */
export function inviting({ journey, cleanUp }: TalkCase): string | undefined {
  const { interaction, task, taskAttributes } = journey;
  if (interaction === undefined || task === undefined) return undefined;
  const { interactionSid, channelSid } = interaction;
  const attributes = Object.fromEntries(
    Object.entries(taskAttributes).filter(([name]) => !flexWrites.test(name)),
  );
  const properties = {
    workspace_sid: task.workspaceSid,
    workflow_sid: task.workflowSid,
    task_channel_unique_name: task.taskChannelUniqueName,
    attributes,
  };
  const invite = cleanUp.change(
    `https://flex-api.twilio.com/v1/Interactions/${interactionSid}/Channels/${channelSid}/Invites`,
    [["Routing", JSON.stringify({ properties })]],
  );
  const end = cleanUp.change(
    `https://taskrouter.twilio.com/v1/Workspaces/${task.workspaceSid}/Tasks/${task.sid}`,
    [
      ["AssignmentStatus", "completed"],
      ["Reason", "its agent is not in the conversation"],
    ],
  );
  return `${invite} && ${end}`;
}
