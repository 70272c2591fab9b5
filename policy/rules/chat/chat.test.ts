import { planned, sid, type Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { agentPermissions } from "./agent-role.ts";
import { agentRoleExists } from "./agent-role-exists.ts";
import { agentRolePermissions } from "./agent-role-permissions.ts";
import { agentRoleType } from "./agent-role-type.ts";
import { agentRoleUnique } from "./agent-role-unique.ts";
import { defaultRoles } from "./default-roles.ts";

testRule(agentRolePermissions, [
  ...agentPermissions.map(
    (permission) =>
      [
        `without ${permission}`,
        set("agent", { permissions: agentPermissions.filter((other) => other !== permission) }),
        [`agent.permissions lacks ${permission}`],
      ] as const,
  ),
  [
    "with one more",
    set("agent", { permissions: ["createChannel", ...agentPermissions] }),
    ['agent.permissions[0] is "createChannel", which the agent role must not have'],
  ],
  ["in another order", set("agent", { permissions: [...agentPermissions].reverse() }), []],
  ["none known yet", set("agent", { permissions: UNKNOWN }), []],
  ["one not known yet", set("agent", { permissions: ["sendMessage", UNKNOWN] }), []],
  ["those of another role", set("auditor", { permissions: ["createChannel"] }), []],
]);

testRule(agentRoleType, [
  ["deployment", set("agent", { type: "deployment" }), ['agent.type is "deployment"']],
  ["not known yet", set("agent", { type: UNKNOWN }), []],
  ["of another role", set("auditor", { type: "deployment" }), []],
]);

const newService = (friendlyName: string) => (resources: Centre) => {
  resources.other = planned("twilio:chat:Service", "other", { sid: sid("IS", 2), friendlyName });
};

testRule(agentRoleExists, [
  ["the role is gone", remove("agent"), ["chat has no agent role"]],
  ["it is called otherwise", set("agent", { friendlyName: "Agents" }), ["chat has no agent role"]],
  ["it is in another service", set("agent", { serviceSid: sid("IS", 2) }), ["chat has no agent role"]],
  [
    "the service has another name, and Flex uses it",
    (resources) => {
      set("chat", { friendlyName: "Chat" })(resources);
      remove("agent")(resources);
    },
    ["chat has no agent role"],
  ],
  ["a new service, not known yet", set("chat", { sid: UNKNOWN }), []],
  ["a chat service that Flex has no part in", newService("Community"), []],
  ["a second one of Flex's name", newService("Flex Chat Service"), ["other has no agent role"]],
]);

testRule(agentRoleUnique, [
  ...["Agent", "agents", " agent ", "AGENT", "a-gent", "ａｇｅｎｔ"].map(
    (friendlyName) =>
      [
        `a role named ${JSON.stringify(friendlyName)}`,
        set("auditor", { friendlyName }),
        [`auditor.friendlyName is ${JSON.stringify(friendlyName)}, which looks like "agent"`],
      ] as const,
  ),
  [
    "a second one",
    set("auditor", { friendlyName: "agent" }),
    ['auditor.friendlyName is "agent", as that of agent'],
  ],
  ["one in another service", set("auditor", { friendlyName: "agent", serviceSid: sid("IS", 2) }), []],
  ["a name not known yet", set("auditor", { friendlyName: UNKNOWN }), []],
  ["a name that only begins so", set("auditor", { friendlyName: "agent supervisor" }), []],
]);

testRule(defaultRoles, [
  [
    "one of the service",
    set("chat", { defaultServiceRoleSid: sid("RL", 7) }),
    [`chat.defaultServiceRoleSid points users in the service at ${sid("RL", 7)}`],
  ],
  [
    "one of channels, made just now",
    (resources) => {
      at(resources, "chat").properties.defaultChannelRoleSid = UNKNOWN;
    },
    ["chat.defaultChannelRoleSid points members in a channel at a role that this change makes"],
  ],
  [
    "that of creators",
    set("chat", { defaultChannelCreatorRoleSid: sid("RL", 8) }),
    [`chat.defaultChannelCreatorRoleSid points a channel's creator at ${sid("RL", 8)}`],
  ],
]);
