import { expect, test } from "@jest/globals";

import { UNKNOWN } from "../../engine/value.ts";
import type { Properties } from "../../engine/value.ts";
import { permissions, permissionsOf } from "./permissions.ts";
import { role } from "./role.ts";

const agent = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "editConversationAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
];
const wrong = (index: number, permission: string, type: string) => ({
  path: ["permissions", index],
  reason: `${permission} is no permission of a ${type} role; remove it, or use a role of the other type`,
});

test.each<[string, Properties, { path: (string | number)[]; reason: string }[]]>([
  ["the agent role of Flex", { type: "conversation", permissions: agent }, []],
  [
    "who may text from chat",
    { type: "service", permissions: ["createConversation", "addNonChatParticipant"] },
    [],
  ],
  [
    "a service permission in a conversation role",
    { type: "conversation", permissions: ["sendMessage", "createConversation"] },
    [wrong(1, "createConversation", "conversation")],
  ],
  [
    "conversation permissions in a service role",
    { type: "service", permissions: ["leaveConversation", "sendMediaMessage"] },
    [wrong(0, "leaveConversation", "service"), wrong(1, "sendMediaMessage", "service")],
  ],
  [
    "none",
    { type: "service", permissions: [] },
    [{ path: ["permissions"], reason: "is empty; a role needs at least one permission" }],
  ],
  ["a type that is not known yet", { type: UNKNOWN, permissions: ["createConversation"] }, []],
  ["a permission that is not known yet", { type: "conversation", permissions: [UNKNOWN, "sendMessage"] }, []],
])("%s", (_case, inputs, failures) => {
  expect(role.check?.(inputs)).toEqual(failures);
});

test("every permission belongs to a type", () => {
  expect(new Set([...permissionsOf.conversation, ...permissionsOf.service])).toEqual(new Set(permissions));
  expect(new Set(permissions).size).toBe(permissions.length);
});
