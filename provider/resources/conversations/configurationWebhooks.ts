import { common, resource } from "../../engine/definition.ts";
import { choice } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { kept } from "./owned.ts";
import { webhookInputs } from "./webhookInputs.ts";

export const configurationWebhooks = resource({
  token: "twilio:conversations:ConfigurationWebhooks",
  description:
    "Who is told of what happens in the account's conversations. An account has exactly one, so declare it once: the " +
    "resource takes it over, changes only what the program sets, and gives back what was there before when it is destroyed.",
  example: `new twilio.conversations.ConfigurationWebhooks("webhooks", {
  postWebhookUrl: "https://example.com/conversation-events",
  filters: ["onConversationStateUpdated", "onMessageAdded"],
});`,
  docs: "https://www.twilio.com/docs/conversations/api/conversation-webhook-resource",
  openApi: {
    document: "conversations_v1",
    fetch: "FetchConfigurationWebhook",
    update: "UpdateConfigurationWebhook",
  },
  parents: {},
  inputs: {
    ...webhookInputs,
    target: choice("Who is told: the URLs, or Flex and not the URLs.", ["webhook", "flex"], kept),
  },
  outputs: { accountSid: common.accountSid, url: common.url },
  life: "given",
  onDelete: "restore",
  at: (twilio) => operations(() => twilio.conversations.v1.configuration.webhooks()),
});
