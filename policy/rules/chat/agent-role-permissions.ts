import type { Rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { agentRoleName, rolesOf, standard, standardOf } from "./agent-role.ts";

export const agentRolePermissions: Rule = {
  id: "agent-role-permissions",
  severity: "critical",
  level: "mandatory",
  description: "The agent role has exactly its seven standard permissions.",
  why: "Flex adds agents to conversations with this role. Where a permission is missing, agents can't read, answer or leave; with one more, they can do what nobody meant them to.",
  fix: `Set permissions to ${standard.chat.permissions.join(", ")} (through Conversations: ${standard.conversations.permissions.join(", ")}), or give other people a role of another name.`,
  scope: "resource",
  check(plan, report) {
    for (const role of rolesOf(plan)) {
      const { friendlyName, permissions } = role.properties;
      if (friendlyName !== agentRoleName || !Array.isArray(permissions)) continue;
      const given: readonly unknown[] = permissions;
      const usual = standardOf(role).permissions;
      given.forEach((permission, index) => {
        if (permission !== UNKNOWN && !(usual as readonly unknown[]).includes(permission))
          report(
            role,
            `permissions[${index}]`,
            `is "${String(permission)}", which the agent role must not have`,
            `Remove ${String(permission)}, or give it to a role of another name.`,
          );
      });
      if (given.includes(UNKNOWN)) continue;
      const missing = usual.filter((permission) => !given.includes(permission));
      if (missing.length > 0)
        report(role, "permissions", `lacks ${missing.join(", ")}`, `Add ${missing.join(", ")}.`);
    }
  },
};
