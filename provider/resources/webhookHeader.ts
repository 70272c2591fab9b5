/** Why the header that makes Twilio call the service's webhooks for REST requests is no input. */
export const webhookHeader = {
  "X-Twilio-Webhook-Enabled":
    "is about one request, not about the resource; configuring is no event of a conversation",
} as const;
