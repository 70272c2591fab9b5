import { agentRoleProblem, contactProblem } from "../agent.ts";
import type { Check } from "./check.ts";

/** The role that agents get in a chat. */
export const agentRole: Check = {
  name: "agent-role",
  holds: "The chat role agent has the seven standard permissions, and no others.",
  async find({ reads, cleanUp, repair }) {
    const { chatServiceSid } = reads.place;
    if (chatServiceSid === undefined) return [];
    const problem = agentRoleProblem(await reads.chat.roles(), chatServiceSid, cleanUp, repair);
    return problem === undefined ? [] : [problem];
  },
};

/** Workers whom Flex can't put into a chat. */
export const workers: Check = {
  name: "workers",
  holds: "Every worker has a contact_uri.",
  async find({ reads }) {
    return (await reads.taskrouter.workers()).map(contactProblem).filter((problem) => problem !== undefined);
  },
};
