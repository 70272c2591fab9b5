import type { Rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { agentRoleName, rolesOf, standardOf } from "./agent-role.ts";

export const agentRoleType: Rule = {
  id: "agent-role-type",
  severity: "critical",
  level: "mandatory",
  description: "The agent role counts in single conversations.",
  why: "A change of the type replaces the role: Flex then finds no role to add agents to conversations with.",
  fix: "Set type to channel; through Conversations to conversation.",
  scope: "resource",
  check(plan, report) {
    for (const role of rolesOf(plan)) {
      const { friendlyName, type } = role.properties;
      if (friendlyName !== agentRoleName || type === standardOf(role).type || type === UNKNOWN) continue;
      report(role, "type", `is "${String(type)}"`);
    }
  },
};
