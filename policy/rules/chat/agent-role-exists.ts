import type { Rule } from "../../rule.ts";
import { mayEqual } from "../../unknown.ts";
import { agentRoleName, rolesOf } from "./agent-role.ts";
import { flexChatServices } from "./flex-chat-services.ts";

export const agentRoleExists: Rule = {
  id: "agent-role-exists",
  severity: "critical",
  level: "mandatory",
  description: "A service of Flex is declared together with its agent role.",
  why: "A role that no program declares can be changed or deleted without anybody noticing, and without it no agent can be added to a conversation.",
  fix: 'Declare a Role with friendlyName "agent", type channel (of Conversations: conversation), the standard permissions and adopt: true; the component ChatService does.',
  scope: "stack",
  check(plan, report) {
    const roles = rolesOf(plan);
    for (const service of flexChatServices(plan)) {
      const exists = roles.some(
        ({ properties }) =>
          mayEqual(properties.friendlyName, agentRoleName) &&
          mayEqual(properties.serviceSid, service.properties.sid),
      );
      if (!exists) report(service, "", "has no agent role");
    }
  },
};
