import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";
import { handledNumbers, isTwilioHandler } from "./number-handler.ts";
import { mayOpen } from "./opening-address.ts";

export const chatHandlersExclusive: Rule = {
  id: "chat-handlers-exclusive",
  severity: "high",
  level: "mandatory",
  description: "In chat, too, messages have one handler: Flex's, or one of your own.",
  why: "A channel that runs a Studio flow and calls a handler answers each message twice; a handler of Flex left in place keeps making tasks for conversations that are no longer its own.",
  fix: "Remove Flex's handler (the studio webhook, or the URL at twilio.com), or yours.",
  scope: "stack",
  check(plan, report) {
    const webhooks = plan.of("twilio:chat:ChannelWebhook");
    const own = webhooks.filter(
      ({ properties }) => properties.type === "trigger" || hearsMessages(properties),
    );
    for (const studio of webhooks.filter(({ properties }) => properties.type === "studio")) {
      const channel = textOf(studio.properties.channelSid);
      const other = own.find(({ properties }) => properties.channelSid === channel);
      if (channel !== undefined && other)
        report(studio, "type", `is studio, and ${other.name} handles messages of the same channel`);
    }

    const kinds = new Set(handledNumbers(plan).map(({ kind }) => kind));
    // Where messages open conversations, Flex has a part in them as well.
    if (!kinds.has("custom") || kinds.has("flex") || plan.of("twilio:conversations:Address").some(mayOpen))
      return;
    for (const studio of webhooks.filter(({ properties }) => properties.type === "studio"))
      report(studio, "type", "is studio, though no number is handled by Flex");
    for (const service of plan.of("twilio:chat:Service"))
      for (const property of ["preWebhookUrl", "postWebhookUrl"] as const)
        if (isTwilioHandler(service.properties[property]))
          report(service, property, "goes to a handler of Flex, though no number is handled by Flex");
  },
};

/** A webhook that is told what is written, and so may answer it. An archive belongs on the chat service. */
function hearsMessages({ configuration }: { readonly configuration?: unknown }): boolean {
  const filters = (configuration as { filters?: unknown } | undefined)?.filters;
  return Array.isArray(filters) && filters.includes("onMessageSent");
}
