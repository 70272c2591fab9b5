import type { BrokenCentre } from "../../centre.ts";
import { accepted, asked, conversationOf, conversationsOf, talking, taskOf, web } from "../../talk.ts";
import { agentRole, setActivity, workerSid } from "../change.ts";
import type { Fault } from "../fault.ts";

const reservations = (cause: string) => ({ step: "reservations" as const, cause, exit: 16 });

/** Most conversations that somebody can be in. */
const most = 1000;

/** Puts somebody into as many conversations as can be, a few of which are closed. */
export async function crowd(centre: BrokenCentre, identity: string): Promise<void> {
  const service = `https://conversations.twilio.com/v1/Services/${centre.sids.chat}`;
  const form = { Participant: JSON.stringify({ identity }) };
  const url = `${service}/ConversationWithParticipants`;
  let last = "";
  for (let count = 0; count < most; count++)
    last = (await centre.http.send<{ sid: string }>({ method: "POST", url, form })).sid;
  const [first] = await centre.client.conversations.v1
    .services(centre.sids.chat)
    .participantConversations.list({ identity, limit: 1 });
  for (const sid of [first?.conversationSid ?? "", last])
    await conversationsOf(centre)(sid).update({ state: "closed" });
}

/** Fills the conversation of the customer with people, up to so many in all. */
export async function fill(centre: BrokenCentre, all: number): Promise<void> {
  const sid = await conversationOf(centre);
  const { participants } = conversationsOf(centre)(sid);
  const url = `https://conversations.twilio.com/v1/Services/${centre.sids.chat}/Conversations/${sid}/Participants`;
  for (let count = (await participants.list()).length; count < all; count++)
    await centre.http.send({ method: "POST", url, form: { Identity: `guest-${count}` } });
}

/** Accepts what is offered to alice, as a program does. */
async function acceptAlone(centre: BrokenCentre): Promise<void> {
  const offered = centre.router.tasks(await taskOf(centre)).reservations;
  const [pending] = await offered.list();
  await offered(pending?.sid ?? "").update({ reservationStatus: "accepted" });
}

export const conversationReservationsFaults: readonly Fault[] = [
  {
    name: "the agent let the task of a conversation time out",
    break: async (centre) => {
      await setActivity(centre, "bob", "Break");
      const message = await asked(web(centre));
      await centre.advance(61);
      return message;
    },
    expect: reservations("reservation-timeout"),
  },
  {
    name: "the agent declined the invite, and is on a break",
    break: async (centre) => {
      const message = await asked(web(centre));
      await setActivity(centre, "alice", "Break");
      const offered = centre.router.tasks(await taskOf(centre)).reservations;
      const [pending] = await offered.list();
      await offered(pending?.sid ?? "").update({ reservationStatus: "rejected" });
      return message;
    },
    expect: reservations("reservation-rejected"),
  },
  {
    name: "a program accepts the reservation, and not the invite",
    served: true,
    break: async (centre) => {
      const message = await asked(web(centre));
      await acceptAlone(centre);
      return message;
    },
    expect: reservations("agent-not-added"),
  },
  {
    name: "a program took the agent out of the conversation",
    served: true,
    break: async (centre) => {
      const { message, conversationSid } = await talking(web(centre));
      const { participants } = conversationsOf(centre)(conversationSid);
      const agent = (await participants.list()).find(({ identity }) => identity === "alice");
      await participants(agent?.sid ?? "").remove();
      return message;
    },
    expect: reservations("agent-not-participant"),
  },
  {
    name: "the agent is in as many conversations as can be",
    served: true,
    break: async (centre) => {
      await crowd(centre, "alice");
      return (await talking(web(centre))).message;
    },
    expect: reservations("agent-in-too-many-conversations"),
  },
  {
    name: "the conversation has as many participants as can be",
    break: async (centre) => {
      const message = await asked(web(centre));
      await fill(web(centre), 1000);
      await centre.accepts();
      return message;
    },
    // Ten of them for the participants, a hundred each.
    calls: 30,
    expect: reservations("conversation-full"),
  },
  {
    name: "a program took the agent out of a conversation of many",
    served: true,
    break: async (centre) => {
      const message = await asked(web(centre));
      await fill(web(centre), 120);
      const { conversationSid } = await accepted(web(centre), message);
      const { participants } = conversationsOf(centre)(conversationSid);
      await participants("alice").remove();
      return message;
    },
    expect: reservations("agent-not-participant"),
  },
  {
    name: "the role of agents in conversations is gone",
    break: async (centre) => {
      await centre.chat.roles((await agentRole(centre)).sid).remove();
      return (await talking(web(centre))).message;
    },
    expect: reservations("agent-role-missing"),
  },
  {
    name: "the role of agents in conversations lost a permission",
    break: async (centre) => {
      const { message } = await talking(web(centre));
      const role = await agentRole(centre);
      await centre.client.conversations.v1
        .services(centre.sids.chat)
        .roles(role.sid)
        .update({ permission: ["sendMessage", "leaveConversation"] });
      return message;
    },
    expect: reservations("agent-role-permissions"),
  },
  {
    name: "the agent is in the conversation as a guest",
    served: true,
    break: async (centre) => {
      const { message, conversationSid } = await talking(web(centre));
      const guest = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "guest");
      const { participants } = conversationsOf(centre)(conversationSid);
      const agent = (await participants.list()).find(({ identity }) => identity === "alice");
      await participants(agent?.sid ?? "").update({ roleSid: guest?.sid ?? "" });
      return message;
    },
    expect: reservations("agent-other-role"),
  },
  {
    name: "the worker who accepted the invite has no contact_uri",
    break: async (centre) => {
      await centre.router
        .workers(await workerSid(centre, "alice"))
        .update({ attributes: JSON.stringify({ routing: { skills: ["billing"] } }) });
      return (await talking(web(centre))).message;
    },
    expect: reservations("contact-uri-missing"),
  },
];
