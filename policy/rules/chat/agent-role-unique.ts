import type { Rule } from "../../rule.ts";
import { mayEqual, textOf } from "../../unknown.ts";
import { agentRoleName, rolesOf } from "./agent-role.ts";

export const agentRoleUnique: Rule = {
  id: "agent-role-unique",
  severity: "high",
  level: "mandatory",
  description: "No other role is named like the agent role.",
  why: "Flex takes the agent role by its name. A second one, or one that people take for it, ends up with what was meant for the other.",
  fix: "Give the role a name of its own, e.g. auditor.",
  scope: "stack",
  check(plan, report) {
    // By name, so that the same one is told each time: programs register them in no certain order.
    const roles = rolesOf(plan)
      .filter(({ properties }) => isLike(properties.friendlyName))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    roles.forEach((role, index) => {
      const { friendlyName, serviceSid } = role.properties;
      const earlier = roles
        .slice(0, index)
        .find(
          ({ properties }) =>
            properties.friendlyName === agentRoleName && mayEqual(properties.serviceSid, serviceSid),
        );
      if (friendlyName !== agentRoleName)
        report(role, "friendlyName", `is ${JSON.stringify(friendlyName)}, which looks like "agent"`);
      else if (earlier) report(role, "friendlyName", `is "agent", as that of ${earlier.name}`);
    });
  },
};

/** Whether people, or an exact comparison with less care, would take the name for that of the agent role. */
function isLike(name: unknown): boolean {
  const letters = textOf(name)
    ?.normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return letters === agentRoleName || letters === `${agentRoleName}s`;
}
