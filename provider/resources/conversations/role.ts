import { common, parent, resource } from "../../engine/definition.ts";
import { choice, set, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { twinRole } from "../oneStore.ts";
import { checkPermissions } from "../rolePermissions.ts";
import { permissions, permissionsOf } from "./permissions.ts";
import { sameService } from "./sameService.ts";

export const role = resource({
  token: "twilio:conversations:Role",
  description:
    "What users may do in a service (type `service`) or participants in a conversation (type `conversation`). Flex " +
    "gives its agents the role `agent` of its service: without all of sendMessage, sendMediaMessage, " +
    "leaveConversation, editConversationAttributes, editOwnMessage, editOwnMessageAttributes and deleteOwnMessage " +
    "agents can't work. A role of Chat is the same one by other names.",
  example: `const agent = new twilio.conversations.Role("agent", {
  serviceSid: service.sid,
  friendlyName: "agent",
  type: "conversation",
  permissions: [
    "sendMessage",
    "sendMediaMessage",
    "leaveConversation",
    "editConversationAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "deleteOwnMessage",
  ],
  adopt: true, // the one that Flex made
});`,
  docs: "https://www.twilio.com/docs/conversations/api/role-resource",
  openApi: {
    document: "conversations_v1",
    create: "CreateServiceRole",
    fetch: "FetchServiceRole",
    update: "UpdateServiceRole",
    excludedFields: sameService,
  },
  parents: { serviceSid: parent("IS", "Service the role belongs to.") },
  sid: "RL",
  inputs: {
    friendlyName: text("Name of the role.", {
      required: true,
      createOnly: true,
      minLength: 1,
      maxLength: 64,
    }),
    type: choice(
      "`conversation`: for participants of a conversation; `service`: for users of the service.",
      ["conversation", "service"],
      { required: true, createOnly: true },
    ),
    permissions: set("All that the role allows; an update replaces the whole set.", {
      required: true,
      values: permissions,
      param: "permission",
    }),
  },
  outputs: common,
  keys: [{ inputs: ["friendlyName"], unique: false }],
  check: (inputs) => checkPermissions(inputs, permissionsOf),
  fixes: [
    { code: 50104, fix: "Use only permissions that Twilio lists for this type of role." },
    {
      on: "delete",
      status: 400,
      fix: "Give the users and participants that have the role another one, and let no default of the service point at it.",
    },
  ],
  twin: twinRole("chat"),
  at: (twilio, { serviceSid }) =>
    operations(twilio.conversations.v1.services(serviceSid).roles, { pageSize: 50 }),
});
