import { common, parent, resource } from "../../engine/definition.ts";
import { bool, sid } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { kept } from "./owned.ts";
import { sameService } from "./sameService.ts";

export const serviceConfiguration = resource({
  token: "twilio:conversations:ServiceConfiguration",
  description:
    "Default roles of a service, and whether it knows who is online. One per service: the resource takes it over, changes " +
    "only what the program sets, and gives back what was there before when it is destroyed. Apart from Service because " +
    "the roles are inside it. A `twilio.chat.Service` has the same settings: each can be set in one of the two only.",
  example: `new twilio.conversations.ServiceConfiguration("defaults", {
  serviceSid: service.sid,
  defaultConversationRoleSid: guest.sid,
});`,
  docs: "https://www.twilio.com/docs/conversations/api/service-configuration-resource",
  openApi: {
    document: "conversations_v1",
    fetch: "FetchServiceConfiguration",
    update: "UpdateServiceConfiguration",
    excludedFields: sameService,
  },
  parents: { serviceSid: parent("IS", "Service to set.") },
  inputs: {
    defaultConversationCreatorRoleSid: sid("Role of a conversation's creator in it.", "RL", kept),
    defaultConversationRoleSid: sid(
      "Role of participants in a conversation, unless they are given another.",
      "RL",
      kept,
    ),
    defaultChatServiceRoleSid: sid(
      "Role of users in the service, unless they are given another.",
      "RL",
      kept,
    ),
    reachabilityEnabled: bool("Whether users' `isOnline` and `isNotifiable` are kept up to date.", kept),
  },
  shares: {
    token: "twilio:chat:Service",
    of: "serviceSid",
    fields: {
      defaultConversationCreatorRoleSid: "defaultChannelCreatorRoleSid",
      defaultConversationRoleSid: "defaultChannelRoleSid",
      defaultChatServiceRoleSid: "defaultServiceRoleSid",
      reachabilityEnabled: "reachabilityEnabled",
    },
  },
  outputs: { url: common.url },
  life: "given",
  onDelete: "restore",
  fixes: [
    { code: 50101, fix: "Give a role of type conversation that belongs to this service." },
    { code: 50102, fix: "Give a role of type service that belongs to this service." },
  ],
  at: (twilio, { serviceSid }) =>
    operations(() => twilio.conversations.v1.services(serviceSid).configuration()),
});
