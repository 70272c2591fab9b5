import { common, parent, resource } from "../../engine/definition.ts";
import { bool, json, sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { twinOf } from "../oneStore.ts";
import { webhookHeader } from "../webhookHeader.ts";
import { sameService } from "./sameService.ts";

export const user = resource({
  token: "twilio:conversations:User",
  description:
    "A user of a service. Twilio makes one when an identity first takes part or connects; declare it to fix its role " +
    "or attributes beforehand, for example for a bot. A user of Chat is the same one.",
  example: `new twilio.conversations.User("bot", {
  serviceSid: service.sid,
  identity: "bot",
  friendlyName: "Greeting bot",
  attributes: { member_type: "bot" },
});`,
  docs: "https://www.twilio.com/docs/conversations/api/user-resource",
  openApi: {
    document: "conversations_v1",
    create: "CreateServiceUser",
    fetch: "FetchServiceUser",
    update: "UpdateServiceUser",
    excludedParams: webhookHeader,
    excludedFields: sameService,
  },
  parents: { serviceSid: parent("IS", "Service the user belongs to.") },
  sid: "US",
  inputs: {
    identity: text("What identifies the user within its service, often a user name or address.", {
      required: true,
      createOnly: true,
      minLength: 1,
    }),
    roleSid: sid("Role of the user in the service.", "RL", {
      computed: "the service's default service role",
      clear: false,
    }),
    attributes: json("Anything an application wants to know of the user, as an object or a JSON string.", {
      default: {},
    }),
    friendlyName: text("Name shown to others."),
  },
  outputs: {
    ...common,
    isOnline: bool("Whether the user is connected. Only known where the service has reachability enabled."),
    isNotifiable: bool("Whether the user can get push notifications. Only known with reachability enabled."),
  },
  // Twilio takes the identity in place of the SID.
  keys: [{ inputs: ["identity"], fetch: ({ identity }) => encodeURIComponent(identity ?? "") }],
  // Lists do not say whether a user is online.
  listsInPart: true,
  conflict: (error) => error.code === 50201,
  fixes: [
    { code: 50102, fix: "Give a role of type service that belongs to the user's service." },
    { code: 50304, fix: "Give attributes that are a JSON object." },
  ],
  twin: twinOf("chat", "User", "identity"),
  at: (twilio, { serviceSid }) =>
    operations(twilio.conversations.v1.services(serviceSid).users, { pageSize: 50 }),
});
