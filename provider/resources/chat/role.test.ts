import { expect, test } from "@jest/globals";

import { UNKNOWN } from "../../engine/value.ts";
import type { Properties } from "../../engine/value.ts";
import { permissions, permissionsOf } from "./permissions.ts";
import { role } from "./role.ts";

const agent = [
  "sendMessage",
  "sendMediaMessage",
  "leaveChannel",
  "editChannelAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteOwnMessage",
];

test.each<[string, Properties, { path: (string | number)[]; reason: string }[]]>([
  ["the agent role of Flex", { type: "channel", permissions: agent }, []],
  ["a service role", { type: "deployment", permissions: ["createChannel", "joinChannel"] }, []],
  [
    "a service permission in a channel role",
    { type: "channel", permissions: ["sendMessage", "createChannel"] },
    [
      {
        path: ["permissions", 1],
        reason:
          "createChannel is no permission of a channel role; remove it, or use a role of the other type",
      },
    ],
  ],
  [
    "channel permissions in a service role",
    { type: "deployment", permissions: ["leaveChannel", "sendMediaMessage"] },
    [
      {
        path: ["permissions", 0],
        reason:
          "leaveChannel is no permission of a deployment role; remove it, or use a role of the other type",
      },
      {
        path: ["permissions", 1],
        reason:
          "sendMediaMessage is no permission of a deployment role; remove it, or use a role of the other type",
      },
    ],
  ],
  [
    "none",
    { type: "channel", permissions: [] },
    [{ path: ["permissions"], reason: "is empty; a role needs at least one permission" }],
  ],
  ["a type that is not known yet", { type: UNKNOWN, permissions: ["createChannel"] }, []],
  ["a permission that is not known yet", { type: "channel", permissions: [UNKNOWN, "sendMessage"] }, []],
  ["permissions that are not known yet", { type: "channel", permissions: UNKNOWN }, []],
  // The field refuses it, with the list of known ones.
  ["an unknown permission", { type: "channel", permissions: ["sendMesage"] }, []],
])("%s", (_case, inputs, failures) => {
  expect(role.check?.(inputs)).toEqual(failures);
});

test("every permission belongs to a type", () => {
  expect(new Set([...permissionsOf.channel, ...permissionsOf.deployment])).toEqual(new Set(permissions));
  expect(new Set(permissions).size).toBe(permissions.length);
});
