import type { Rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { agentRoleName } from "./agent-role.ts";

export const agentRoleType: Rule = {
  id: "agent-role-type",
  severity: "critical",
  level: "mandatory",
  description: "The agent role counts in channels.",
  why: "A change of the type replaces the role: Flex then finds no role to add agents to conversations with.",
  fix: "Set type to channel.",
  scope: "resource",
  check(plan, report) {
    for (const role of plan.of("twilio:chat:Role")) {
      const { friendlyName, type } = role.properties;
      if (friendlyName !== agentRoleName || type === "channel" || type === UNKNOWN) continue;
      report(role, "type", `is "${String(type)}"`);
    }
  },
};
