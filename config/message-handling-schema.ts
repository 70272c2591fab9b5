import { z } from "zod";
import {
  flag,
  httpMethod,
  keyed,
  oneOf,
  reference,
  seconds,
  settings,
  sid,
  text,
  webhookUrl,
  wholeNumber,
} from "./setting.ts";

/** Who hears of events in the chat service; the same settings serve a service and a custom handler. */
export const chatWebhooks = {
  preWebhookUrl: webhookUrl().optional(),
  postWebhookUrl: webhookUrl().optional(),
  webhookMethod: httpMethod().optional(),
  webhookFilters: z.array(text("an event, e.g. onMessageSent"), { error: "set a list of events" }).optional(),
  preWebhookRetryCount: wholeNumber(0, 3, "retries of the pre-event webhook").optional(),
  postWebhookRetryCount: wholeNumber(0, 3, "retries of the post-event webhook").optional(),
};

/** What the webhook of an address can hear of. */
const addressEvents = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
] as const;

const integration = z.discriminatedUnion(
  "type",
  [
    settings({
      type: z.literal("webhook"),
      url: webhookUrl(),
      method: httpMethod().optional(),
      filters: z
        .array(oneOf(addressEvents), { error: "set a list of events, e.g. [onMessageAdded]" })
        .min(1, { error: "set at least one event, e.g. onMessageAdded: without one nobody is called" }),
    }),
    settings({ type: z.literal("studio") }),
    settings({ type: z.literal("external"), url: webhookUrl() }),
    settings({
      type: z.literal("task"),
      workflow: reference("a workflow under routing.workflows"),
      taskChannel: reference("a task channel"),
      timeout: seconds(1_209_600, "a task lives").optional(),
      priority: wholeNumber(0, 2 ** 31 - 1, "higher is served first").optional(),
    }),
  ],
  { error: "set a map whose type is studio, external, task or webhook" },
);

const kind = oneOf(["flex", "conversations", "custom"]);

/** Where a number is on its way from Chat and Proxy to Flex Conversations, or back. */
const migration = settings({
  stage: oneOf(["prepared", "cut"]),
  cut: oneOf(["drain", "enable-first", "clear-first", "pool"]).optional(),
  // Of the kind that the number is not of: what it gets next, or had before.
  integration: integration.optional(),
});

/** Who gets messages, and what happens with a new conversation. */
export const messageHandling = settings({
  kind,
  integration: integration.optional(),
  longLived: flag("keep the channel of a conversation after its task").optional(),
  janitorEnabled: flag("close what is left over of a task deleted outside the Flex UI").optional(),
  handler: settings({
    smsUrl: webhookUrl(),
    smsMethod: httpMethod().optional(),
    smsFallbackUrl: webhookUrl().optional(),
    smsFallbackMethod: httpMethod().optional(),
    chat: settings(chatWebhooks).optional(),
  }).optional(),
  numbers: keyed(
    settings({
      phoneNumber: z
        .string({ error: "set a phone number in E.164, in quotes, e.g. '+12025550147'" })
        .regex(/^\+[1-9]\d{6,14}$/, {
          error: "set a phone number in E.164, in quotes, e.g. '+12025550147'",
        }),
      friendlyName: text("the name of the number", 64).optional(),
      kind: kind.optional(),
      integration: integration.optional(),
      flexFlowName: text("the name of its Flex Flow").optional(),
      // Twilio makes Addresses without a name, too.
      addressName: z.union([z.literal(""), text("the name of its Address")]).optional(),
      buy: flag("buy this number when the account does not own it").optional(),
      messagingServiceSid: sid("the Messaging Service whose sender it is on Conversations", "MG").optional(),
      migration: migration.optional(),
    }),
    "phone numbers",
  ),
});
