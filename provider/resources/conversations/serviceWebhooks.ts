import { common, parent, resource } from "../../engine/definition.ts";
import { operations } from "../../engine/operations.ts";
import { sameService } from "./sameService.ts";
import { webhookInputs } from "./webhookInputs.ts";

export const serviceWebhooks = resource({
  token: "twilio:conversations:ServiceWebhooks",
  description:
    "Who is told of what happens in the conversations of a service. One per service: the resource takes it over, changes " +
    "only what the program sets, and gives back what was there before when it is destroyed.",
  example: `new twilio.conversations.ServiceWebhooks("webhooks", {
  serviceSid: service.sid,
  postWebhookUrl: "https://example.com/conversation-events",
  filters: ["onConversationStateUpdated", "onMessageAdded"],
});`,
  docs: "https://www.twilio.com/docs/conversations/api/service-webhook-resource",
  openApi: {
    document: "conversations_v1",
    fetch: "FetchServiceWebhookConfiguration",
    update: "UpdateServiceWebhookConfiguration",
    excludedFields: sameService,
  },
  parents: { serviceSid: parent("IS", "Service to set.") },
  inputs: webhookInputs,
  outputs: { accountSid: common.accountSid, url: common.url },
  life: "given",
  onDelete: "restore",
  at: (twilio, { serviceSid }) =>
    operations(() => twilio.conversations.v1.services(serviceSid).configuration.webhooks()),
});
