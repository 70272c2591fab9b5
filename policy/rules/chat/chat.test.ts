import { planned, sid, type Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { standard } from "./agent-role.ts";
import { agentRoleExists } from "./agent-role-exists.ts";
import { agentRolePermissions } from "./agent-role-permissions.ts";
import { agentRoleType } from "./agent-role-type.ts";
import { agentRoleUnique } from "./agent-role-unique.ts";
import { defaultRoles } from "./default-roles.ts";

const agentPermissions = standard.chat.permissions;
const inConversations = standard.conversations.permissions;
/** The same centre, its roles through Conversations. */
const throughConversations =
  (more: (resources: Centre) => void = () => undefined) =>
  (resources: Centre) => {
    for (const [key, type] of [
      ["agent", "conversation"],
      ["auditor", "conversation"],
    ] as const)
      resources[key] = planned("twilio:conversations:Role", key, {
        serviceSid: sid("IS", 1),
        friendlyName: key,
        type,
        permissions: key === "agent" ? inConversations : ["leaveConversation"],
      });
    more(resources);
  };

testRule(agentRolePermissions, [
  ["through Conversations", throughConversations(), []],
  ...inConversations.map(
    (permission) =>
      [
        `through Conversations without ${permission}`,
        throughConversations(
          set("agent", { permissions: inConversations.filter((other) => other !== permission) }),
        ),
        [`agent.permissions lacks ${permission}`],
      ] as const,
  ),
  [
    "through Conversations by the names of Chat",
    throughConversations(set("agent", { permissions: agentPermissions })),
    [
      'agent.permissions[2] is "leaveChannel", which the agent role must not have',
      'agent.permissions[3] is "editChannelAttributes", which the agent role must not have',
      "agent.permissions lacks leaveConversation, editConversationAttributes",
    ],
  ],
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
  ["conversation, through Conversations", throughConversations(), []],
  [
    "service, through Conversations",
    throughConversations(set("agent", { type: "service" })),
    ['agent.type is "service"'],
  ],
  ["deployment", set("agent", { type: "deployment" }), ['agent.type is "deployment"']],
  ["not known yet", set("agent", { type: UNKNOWN }), []],
  ["of another role", set("auditor", { type: "deployment" }), []],
]);

const newService = (friendlyName: string) => (resources: Centre) => {
  resources.other = planned("twilio:chat:Service", "other", { sid: sid("IS", 2), friendlyName });
};

testRule(agentRoleExists, [
  ["the role is declared through Conversations", throughConversations(), []],
  [
    "all is declared through Conversations, and the role is gone",
    throughConversations((resources) => {
      resources.chat = planned("twilio:conversations:Service", "chat", {
        sid: sid("IS", 1),
        friendlyName: "Flex Chat Service",
      });
      remove("agent")(resources);
    }),
    ["chat has no agent role"],
  ],
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
  [
    "one through each API",
    (resources) => {
      resources.second = planned("twilio:conversations:Role", "second", {
        serviceSid: sid("IS", 1),
        friendlyName: "agent",
      });
    },
    ['second.friendlyName is "agent", as that of agent'],
  ],
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
  ...(
    [
      ["defaultChatServiceRoleSid", "users in the service"],
      ["defaultConversationRoleSid", "participants in a conversation"],
      ["defaultConversationCreatorRoleSid", "a conversation's creator"],
    ] as const
  ).map(
    ([property, whose]) =>
      [
        `${property}, through Conversations`,
        (resources: Centre) => {
          resources.defaults = planned("twilio:conversations:ServiceConfiguration", "defaults", {
            serviceSid: sid("IS", 1),
            [property]: sid("RL", 9),
          });
        },
        [`defaults.${property} points ${whose} at ${sid("RL", 9)}`],
      ] as const,
  ),
  [
    "who is online, through Conversations",
    (resources) => {
      resources.defaults = planned("twilio:conversations:ServiceConfiguration", "defaults", {
        serviceSid: sid("IS", 1),
        reachabilityEnabled: true,
      });
    },
    [],
  ],
]);
