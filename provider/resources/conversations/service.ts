import { common, resource } from "../../engine/definition.ts";
import { text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { twinOf } from "../oneStore.ts";

export const service = resource({
  token: "twilio:conversations:Service",
  description:
    "A service of Conversations: it holds conversations, users and roles. Flex keeps its conversations in the one that " +
    "it made for Chat, `Flex Chat Service`: a service of Chat is one of Conversations, too. Its settings are " +
    "ServiceConfiguration, ServiceNotifications and ServiceWebhooks; limits, read status and typing indicators can only " +
    "be set by `twilio.chat.Service`. Deleting a service deletes everything in it.",
  example: `const service = new twilio.conversations.Service("flex", {
  friendlyName: "Flex Chat Service",
  adopt: true, // the one that Flex made
});`,
  docs: "https://www.twilio.com/docs/conversations/api/service-resource",
  openApi: { document: "conversations_v1", create: "CreateService", fetch: "FetchService" },
  parents: {},
  sid: "IS",
  inputs: {
    friendlyName: text("Name of the service. Twilio can't change it: another name is another service.", {
      required: true,
      createOnly: true,
      minLength: 1,
      maxLength: 256,
    }),
  },
  outputs: common,
  keys: [{ inputs: ["friendlyName"], unique: false }],
  twin: twinOf("chat", "Service", "friendlyName"),
  at: (twilio) => operations(twilio.conversations.v1.services, { pageSize: 100 }),
});
