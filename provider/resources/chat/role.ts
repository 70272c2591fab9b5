import { common, parent, resource } from "../../engine/definition.ts";
import { choice, set, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { twinRole } from "../oneStore.ts";
import { checkPermissions } from "../rolePermissions.ts";
import { permissions, permissionsOf } from "./permissions.ts";
import { serviceGone } from "./serviceGone.ts";

export const role = resource({
  token: "twilio:chat:Role",
  description:
    "What users may do in a chat service (type `deployment`) or members in a channel (type `channel`). Flex gives " +
    "its agents the role `agent` of its chat service: without all of sendMessage, sendMediaMessage, leaveChannel, " +
    "editChannelAttributes, editOwnMessage, editOwnMessageAttributes and deleteOwnMessage agents can't work.",
  example: `const agent = new twilio.chat.Role("agent", {
  serviceSid: chat.sid,
  friendlyName: "agent",
  type: "channel",
  permissions: [
    "sendMessage",
    "sendMediaMessage",
    "leaveChannel",
    "editChannelAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "deleteOwnMessage",
  ],
  adopt: true, // the one that Flex made
});`,
  docs: "https://www.twilio.com/docs/chat/rest/role-resource",
  openApi: { document: "chat_v2", create: "CreateRole", fetch: "FetchRole", update: "UpdateRole" },
  parents: { serviceSid: parent("IS", "Chat service the role belongs to.") },
  sid: "RL",
  inputs: {
    friendlyName: text("Name of the role.", {
      required: true,
      createOnly: true,
      minLength: 1,
      maxLength: 64,
    }),
    type: choice(
      "`channel`: for members of a channel; `deployment`: for users of the service.",
      ["channel", "deployment"],
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
  gone: serviceGone,
  fixes: [
    { code: 50104, fix: "Use only permissions that Twilio lists for this type of role." },
    {
      on: "delete",
      status: 400,
      fix: "Give the users and members that have the role another one, and let no default of the service point at it.",
    },
  ],
  twin: twinRole("conversations"),
  at: (twilio, { serviceSid }) => operations(twilio.chat.v2.services(serviceSid).roles, { pageSize: 100 }),
});
