import { noOrchestrations } from "../../../flex-stack/simulate/flex-ui.ts";
import type { Fault } from "./fault.ts";

const completion = (cause: string) => ({ step: "completion" as const, cause, exit: 18 });

export const completionFaults: readonly Fault[] = [
  {
    name: "the task was completed by a program, which leaves everything else",
    break: async (centre) => {
      const { message, reservation } = await centre.talks();
      await centre.router
        .tasks(reservation.taskSid)
        .update({ assignmentStatus: "completed", reason: "script" });
      return message;
    },
    expect: completion("session-left"),
  },
  {
    name: "an orchestration of one's own leaves the channel active",
    break: async (centre) => {
      const { message, agent, reservation, sessionSid } = await centre.talks({
        orchestrations: { ...noOrchestrations, accepted: ["AddToChatChannel"] },
      });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).remove();
      return message;
    },
    expect: completion("channel-left-active"),
  },
  {
    name: "an orchestration of one's own leaves the agent in the channel",
    break: async (centre) => {
      const { agent, reservation, sessionSid } = await centre.talks({
        orchestrations: {
          accepted: ["AddToChatChannel"],
          wrapup: [],
          completed: ["DeactivateChatChannel"],
        },
      });
      await agent.complete(reservation);
      await centre.proxy.sessions(sessionSid).remove();
      return { task: reservation.taskSid };
    },
    expect: completion("agent-left-in-channel"),
  },
  {
    name: "the agent stays in the chat after the end, and with them the closed session",
    break: async (centre) => {
      const { message, agent, reservation } = await centre.talks({
        orchestrations: {
          accepted: ["AddToChatChannel"],
          wrapup: [],
          completed: ["DeactivateChatChannel"],
        },
      });
      await agent.complete(reservation);
      return message;
    },
    expect: completion("session-left"),
  },
];
