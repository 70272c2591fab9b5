import { agentRoleProblem, conversationNames, Repair } from "../../diagnose/index.ts";
import type { Concern, Item } from "./item.ts";

/** What agents and customers get in a conversation. */
export const roles: Item = {
  name: "roles",
  async look({ reads, cleanUp, stack }) {
    const { chatServiceSid } = reads.place;
    if (chatServiceSid === undefined) return "The service of Flex is not known.";
    const all = await reads.conversations.roles(chatServiceSid);
    const agent = agentRoleProblem(
      all,
      chatServiceSid,
      cleanUp,
      new Repair(stack, []),
      conversationNames(chatServiceSid),
    );
    const found: Concern[] = [];
    if (agent !== undefined)
      found.push({
        blocks: "cut",
        cause: agent.cause,
        sentence: agent.sentence,
        fix: agent.fix,
        command: agent.command,
      });
    const guest = all.find(({ friendlyName, type }) => friendlyName === "guest" && type === "conversation");
    if (guest === undefined || !guest.permissions.includes("sendMessage"))
      found.push({
        cause: guest === undefined ? "guest-role-missing" : "guest-role-permissions",
        sentence:
          guest === undefined
            ? `Service ${chatServiceSid} has no conversation role "guest", which visitors of web chats get.`
            : `The conversation role "guest" (${guest.sid}) lacks sendMessage.`,
        fix: "Give it sendMessage and sendMediaMessage, as Flex makes it. Customers who text need no role.",
      });
    return found.length > 0 ? found : "The roles agent and guest are as Flex needs them.";
  },
};
