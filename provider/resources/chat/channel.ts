import { common, parent, resource } from "../../engine/definition.ts";
import { choice, int, json, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { serviceGone } from "./serviceGone.ts";
import { webhookHeader } from "../webhookHeader.ts";

const restore = "is only for bringing channels back from a backup; Twilio keeps the time";

export const channel = resource({
  token: "twilio:chat:Channel",
  description:
    "A channel of a chat service: where members exchange messages. Flex makes one for each conversation by " +
    "itself; declare those that are part of the set-up, such as a channel for a team.",
  example: `const team = new twilio.chat.Channel("team", {
  serviceSid: chat.sid,
  uniqueName: "team",
  friendlyName: "The team",
  type: "private",
});`,
  docs: "https://www.twilio.com/docs/chat/rest/channel-resource",
  openApi: {
    document: "chat_v2",
    create: "CreateChannel",
    fetch: "FetchChannel",
    update: "UpdateChannel",
    excludedParams: { ...webhookHeader, DateCreated: restore, DateUpdated: restore },
  },
  parents: { serviceSid: parent("IS", "Chat service the channel belongs to.") },
  sid: "CH",
  inputs: {
    // Twilio documents 64 characters for a create and 256 for an update; which of the two it is, a check can't know.
    friendlyName: text("Name shown to members. A new channel's may have 64 characters.", { maxLength: 256 }),
    uniqueName: text(
      "Name that is unique within the service; Twilio takes it in place of the SID. As long as the other.",
      {
        maxLength: 256,
        pattern: {
          regexp: /^(?!CH[0-9a-fA-F]{32}$)/,
          hint: "something that does not look like a channel's SID",
        },
      },
    ),
    attributes: json("Anything an application wants to know of the channel, as an object or a JSON string.", {
      default: {},
    }),
    type: choice("`private` channels are seen by their members only.", ["public", "private"], {
      createOnly: true,
      default: "public",
    }),
    createdBy: text("Identity of the user that created the channel.", { default: "system" }),
  },
  outputs: {
    ...common,
    membersCount: int("How many members the channel has.", { required: true }),
    messagesCount: int("How many messages the channel has.", { required: true }),
  },
  keys: [{ inputs: ["uniqueName"], fetch: ({ uniqueName }) => encodeURIComponent(uniqueName ?? "") }],
  // Lists have the public ones only.
  listsInPart: true,
  gone: serviceGone,
  conflict: (error) => error.code === 50307,
  fixes: [
    { code: 50304, fix: "Give attributes that are a JSON object." },
    { code: 50306, fix: "Choose a uniqueName that does not look like a channel's SID." },
  ],
  at: (twilio, { serviceSid }) => operations(twilio.chat.v2.services(serviceSid).channels, { pageSize: 100 }),
});
