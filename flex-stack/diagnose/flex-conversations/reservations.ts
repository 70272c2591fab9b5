import { broken, ok, skipped, type Observation, type Problem } from "../finding.ts";
import { agentRoleProblem, conversationNames } from "../agent.ts";
import { consolePage } from "../console-page.ts";
import { permitted } from "../permitted.ts";
import { maxParticipants } from "../reads/conversations.ts";
import { offered, type Holder } from "../steps/reservations.ts";
import { maxConversations, roomProblem } from "./agent-room.ts";
import { inviting } from "./inviting.ts";
import { isOpen, type TalkCase } from "./talk.ts";

/** Was the task offered and accepted, and did Flex add the agent to the conversation with the right role? */
export async function reservations(given: TalkCase): Promise<Observation> {
  const { taskSid } = given.journey;
  if (taskSid === undefined) return skipped("There is no task to offer.");
  return offered(given, taskSid, {
    roleProblem: () => roleProblem(given),
    joined: (holder) => joined(given, holder),
  });
}

/** Of a service that is not Flex's it is told at the conversation. */
async function roleProblem({ reads, cleanUp, repair }: TalkCase): Promise<Problem | undefined> {
  const { chatServiceSid: own } = reads.place;
  if (own === undefined || (await reads.conversations.service(own)) === undefined) return undefined;
  return agentRoleProblem(await reads.conversations.roles(own), own, cleanUp, repair, conversationNames(own));
}

async function joined(
  given: TalkCase,
  { identity, isAtWork, line, more, reservation }: Holder,
): Promise<Observation> {
  const { journey, reads, cleanUp } = given;
  const { conversation } = journey;
  if (!isAtWork || conversation === undefined || !isOpen(conversation)) return ok(`${line}.`, more);
  const participants = await reads.conversations.participants(conversation);
  const agent = participants.find((one) => one.identity === identity);
  if (agent === undefined)
    return broken(await notInside(given, identity, participants.length, reservation.taskSid), more);
  const roles = await reads.conversations.roles(conversation.chatServiceSid);
  const role = roles.find(({ sid }) => sid === agent.roleSid);
  const sids = [reservation.sid, agent.sid];
  if (role === undefined || ["agent", "supervisor", "admin"].includes(role.friendlyName))
    return ok(
      `${line}, and is in the conversation${role === undefined ? "" : ` with the role ${role.friendlyName}`}.`,
      {
        ...more,
        sids,
      },
    );
  const wanted = roles.find(({ friendlyName }) => friendlyName === "agent");
  const url = `https://conversations.twilio.com/v1/Services/${conversation.chatServiceSid}/Conversations/${conversation.sid}`;
  return broken(
    {
      cause: "agent-other-role",
      sentence: `${identity} is in conversation ${conversation.sid} with the role "${role.friendlyName}" (${role.sid}) instead of "agent", and may do only what that permits.`,
      fix: "Give the participant the role again:",
      page: consolePage.conversation(conversation.chatServiceSid, conversation.sid),
      command: wanted && cleanUp.change(`${url}/Participants/${agent.sid}`, [["RoleSid", wanted.sid]]),
    },
    { ...more, sids },
  );
}

/** Why who accepted is not in the conversation, and how somebody gets there. */
async function notInside(
  given: TalkCase,
  identity: string,
  participants: number,
  taskSid: string,
): Promise<Problem> {
  const { journey, reads } = given;
  const { conversation, interaction } = journey;
  const sid = conversation?.sid ?? "";
  const page = consolePage.conversation(conversation?.chatServiceSid ?? "", sid);
  const begin = `${identity} accepted the task and is not in conversation ${sid}`;
  const room = await roomProblem(given, identity);
  if (room !== undefined)
    return {
      ...room,
      cause: "agent-in-too-many-conversations",
      sentence: `${begin}: nobody can be in more than ${maxConversations} conversations (Twilio error 50214). ${room.sentence}`,
    };
  if (participants >= maxParticipants)
    return {
      cause: "conversation-full",
      sentence: `${begin}: it has ${participants} participants, as many as there can be (Twilio error 50418).`,
      fix: "Take out who is not needed, and let the agent accept another invite.",
      page,
    };
  const known =
    interaction &&
    (await permitted(() => reads.flex.interactionParticipants(interaction)))?.some(
      ({ type, routingProperties }) =>
        type === "agent" && (routingProperties as { task_sid?: string } | null)?.task_sid === taskSid,
    );
  const command = inviting(given);
  return known === true
    ? {
        cause: "agent-not-participant",
        sentence: `${begin} any more: somebody took the agent out of it.`,
        fix: "Find out who removes participants. Invite somebody anew, and complete the task that nobody can work on:",
        page,
        command,
      }
    : {
        cause: "agent-not-added",
        sentence: `${begin}: it was accepted by TaskRouter alone, not by the Interaction's invite, or Flex could not add the agent (participantAddFailed).`,
        fix: "Agents have to accept in Flex UI 2, and programs by the invite. Invite somebody anew, and complete the task that nobody can work on:",
        page,
        command,
      };
}
