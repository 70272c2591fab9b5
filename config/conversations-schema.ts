import { z } from "zod";
import { flag, httpMethod, keyed, oneOf, settings, text, webhookUrl } from "./setting.ts";

/** How long nothing happens in a conversation; Twilio takes weeks, days, hours, minutes and seconds of ISO 8601. */
const timer = (least: string) => {
  const error = `set a duration in ISO 8601, ${least} at least, e.g. P1D (a day) or PT8H (eight hours)`;
  return z.string({ error }).regex(/^P(?=\w)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/, { error });
};

const conversationRole = settings({
  friendlyName: text("the name of the role", 64),
  type: oneOf(["conversation", "service"]),
  permissions: z
    .array(text("a permission, e.g. sendMessage"), { error: "set a list of permissions" })
    .min(1, { error: "set at least one permission" }),
});

/** The account's settings of Flex Conversations. */
export const conversations = settings({
  service: settings({
    friendlyName: text("the name of the service, e.g. Flex Chat Service").optional(),
  }).optional(),
  defaultInactiveTimer: timer("PT1M").optional(),
  // "none": the stack sets none.
  defaultClosedTimer: z.union([z.literal("none"), timer("PT10M")]).optional(),
  webhooks: settings({
    preWebhookUrl: webhookUrl().optional(),
    postWebhookUrl: webhookUrl().optional(),
    method: httpMethod().optional(),
    filters: z.array(text("an event, e.g. onMessageAdded"), { error: "set a list of events" }).optional(),
  }).optional(),
  reachabilityEnabled: flag("keep track of who is online").optional(),
  roles: keyed(conversationRole, "roles").optional(),
});
