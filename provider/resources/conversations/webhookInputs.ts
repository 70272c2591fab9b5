import { method, set, url } from "../../engine/field.ts";
import { kept, owned } from "./owned.ts";
import { webhookEvents } from "./webhookEvents.ts";

/** What webhooks of an account and of a service have in common. */
export const webhookInputs = {
  preWebhookUrl: url(
    "Called before something happens, and can refuse it. Refusing `onConversationAdd` loses the message that was to " +
      "open the conversation.",
    owned,
  ),
  postWebhookUrl: url("Called after something happened.", owned),
  method: method("HTTP method of these calls.", kept),
  filters: set("Events that the URLs are called for. None when empty.", {
    ...owned,
    values: webhookEvents,
    clear: "",
  }),
};
