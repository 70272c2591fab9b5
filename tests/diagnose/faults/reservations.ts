import { noOrchestrations } from "../../../flex-stack/simulate/flex-ui.ts";
import { workerSid, setActivity, agentRole, workflowOf } from "./change.ts";
import type { Fault } from "./fault.ts";

const reservations = (cause: string) => ({ step: "reservations" as const, cause, exit: 16 });

export const reservationsFaults: readonly Fault[] = [
  {
    name: "the agent let it time out",
    break: async (centre) => {
      await setActivity(centre, "bob", "Break");
      const message = await centre.asks();
      await centre.advance(61);
      return message;
    },
    expect: reservations("reservation-timeout"),
  },
  {
    name: "the agent rejected it, and is on a break",
    break: async (centre) => {
      const message = await centre.asks();
      const [created] = await centre.router.tasks.list();
      const { reservations: offered } = centre.router.tasks(created?.sid ?? "");
      const [pending] = await offered.list();
      await setActivity(centre, "alice", "Break");
      await centre.router
        .tasks(created?.sid ?? "")
        .reservations(pending?.sid ?? "")
        .update({ reservationStatus: "rejected" });
      return message;
    },
    expect: reservations("reservation-rejected"),
  },
  {
    name: "the agent was taken out of the channel",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      await centre.setAttributes(channelSid, { long_lived: true });
      await centre.channel(channelSid).members("alice").remove();
      return message;
    },
    expect: reservations("agent-not-member"),
  },
  {
    name: "nothing adds the agent to the channel",
    break: async (centre) => (await centre.talks({ orchestrations: noOrchestrations })).message,
    expect: reservations("agent-no-chat-user"),
  },
  {
    name: "the agent role lost a permission",
    break: async (centre) => {
      const { message } = await centre.talks();
      const role = await agentRole(centre);
      await centre.chat.roles(role.sid).update({
        permission: role.permissions.filter((permission) => permission !== "sendMessage"),
      });
      return message;
    },
    expect: reservations("agent-role-permissions"),
  },
  {
    name: "the agent role got a permission more",
    break: async (centre) => {
      const { message } = await centre.talks();
      const role = await agentRole(centre);
      await centre.chat.roles(role.sid).update({ permission: [...role.permissions, "removeMember"] });
      return message;
    },
    expect: reservations("agent-role-permissions"),
  },
  {
    name: "the agent role is gone",
    break: async (centre) => {
      await centre.chat.roles((await agentRole(centre)).sid).remove();
      return centre.asks();
    },
    expect: reservations("agent-role-missing"),
  },
  {
    name: "the agent is in the channel as a guest",
    break: async (centre) => {
      const { message, channelSid } = await centre.talks();
      const guest = (await centre.chat.roles.list()).find(({ friendlyName }) => friendlyName === "guest");
      await centre
        .channel(channelSid)
        .members("alice")
        .update({ roleSid: guest?.sid ?? "" });
      return message;
    },
    expect: reservations("agent-other-role"),
  },
  {
    name: "the worker has no contact_uri",
    break: async (centre) => {
      await centre.router
        .workers(await workerSid(centre, "alice"))
        .update({ attributes: JSON.stringify({ routing: { skills: ["billing"] } }) });
      return (await centre.talks()).message;
    },
    expect: reservations("contact-uri-missing"),
  },
  {
    name: "the assignment callback does not answer",
    break: async (centre) => {
      const callback = { assignmentCallbackUrl: "http://127.0.0.1:1/assignment" };
      await centre.router.workflows(await workflowOf(centre)).update(callback);
      const message = await centre.asks();
      await centre.journey(message);
      return message;
    },
    expect: reservations("reservation-failed"),
  },
  {
    name: "the channel has as many members as it may have",
    break: async (centre) => {
      await centre.chat.update({ "limits.channelMembers": 1 });
      const message = await centre.asks();
      await centre.accepts().catch(() => undefined);
      return message;
    },
    expect: reservations("channel-full"),
  },
];
