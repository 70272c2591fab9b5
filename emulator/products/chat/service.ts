import { notFound, TwilioError } from "../../kernel/errors.ts";
import {
  coded,
  boolean,
  integer,
  list,
  oneOf,
  type Parameter,
  sid,
  text,
  url,
} from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { events } from "./event.ts";
import { type Notification, service } from "./kinds.ts";
import { absent, refuseEmptyUpdate } from "./parameters.ts";
import { addDefaultRoles, checkRole } from "./serviceRoles.ts";

const notifications = ["NewMessage", "AddedToChannel", "RemovedFromChannel", "InvitedToChannel"] as const;
const webhookUrl = coded(50054, url({ on: "update" }));
const retryCount = coded(50065, integer({ on: "update", min: 0, max: 3, default: 0 }));

export const serviceResource = resource(service, {
  prefix: "IS",
  path: "/v2/Services",
  listKey: "services",
  maxPageSize: 100,
  parameters: {
    // Not documented here; of the same service Conversations says so.
    FriendlyName: text({ required: true, max: 256 }),
    DefaultServiceRoleSid: sid("RL", { on: "update", required: true }),
    DefaultChannelRoleSid: sid("RL", { on: "update", required: true }),
    DefaultChannelCreatorRoleSid: sid("RL", { on: "update", required: true }),
    ReadStatusEnabled: boolean({ on: "update", default: true }),
    ReachabilityEnabled: boolean({ on: "update", default: false }),
    TypingIndicatorTimeout: integer({ on: "update", min: 0, default: 5 }),
    ConsumptionReportInterval: integer({ on: "update", min: 0, default: 10 }),
    "Notifications.LogEnabled": boolean({ on: "update", default: false }),
    ...Object.fromEntries(notifications.flatMap(notificationParameters)),
    PreWebhookUrl: webhookUrl,
    PostWebhookUrl: webhookUrl,
    WebhookMethod: coded(50055, oneOf(["POST", "GET"], { on: "update" })),
    WebhookFilters: coded(50054, list(oneOf(events), { on: "update" })),
    PreWebhookRetryCount: retryCount,
    PostWebhookRetryCount: retryCount,
    "Limits.ChannelMembers": integer({ on: "update", min: 1, max: 1000, default: 100 }),
    "Limits.UserChannels": integer({ on: "update", min: 1, max: 1000, default: 250 }),
    "Media.CompatibilityMessage": text({
      on: "update",
      default: "Media messages are not supported by your client",
      empty: null,
    }),
  },
  hidden: ["with_media"],
  links: { channels: "/Channels", users: "/Users", roles: "/Roles", bindings: "/Bindings" },
  // Twilio's own: a service that is gone is not found, but what was in it is forbidden.
  missing: (reference, as) =>
    as === "itself"
      ? notFound(`/Services/${reference}`)
      : new TwilioError(403, 50050, "Service instance not found"),
  beforeWrite({ fields, previous, input }, context) {
    refuseEmptyUpdate({ previous, input });
    for (const [name, block] of Object.entries(fields.notifications)) {
      if (name !== "log_enabled") removeCleared(block as Notification);
    }
    if (previous === undefined) {
      fields.default_service_role_sid = context.newSid("RL");
      fields.default_channel_role_sid = context.newSid("RL");
      fields.default_channel_creator_role_sid = context.newSid("RL");
      fields.media.size_limit_mb = 150;
      return;
    }
    if (input["DefaultServiceRoleSid"] !== undefined)
      checkRole(context, previous.sid, fields.default_service_role_sid, "deployment");
    if (input["DefaultChannelRoleSid"] !== undefined)
      checkRole(context, previous.sid, fields.default_channel_role_sid, "channel");
    if (input["DefaultChannelCreatorRoleSid"] !== undefined)
      checkRole(context, previous.sid, fields.default_channel_creator_role_sid, "channel");
  },
  afterCreate({ sid: serviceSid, fields }, context) {
    addDefaultRoles(context, serviceSid, {
      user: fields.default_service_role_sid,
      member: fields.default_channel_role_sid,
      creator: fields.default_channel_creator_role_sid,
    });
  },
});

function notificationParameters(name: (typeof notifications)[number]): [string, Parameter][] {
  const prefix = `Notifications.${name}`;
  const parameters: [string, Parameter][] = [
    [`${prefix}.Enabled`, boolean({ on: "update", default: false })],
    [`${prefix}.Template`, absent(text({ on: "update" }))],
    [`${prefix}.Sound`, absent(text({ on: "update" }))],
  ];
  if (name === "NewMessage")
    parameters.push([`${prefix}.BadgeCountEnabled`, absent(boolean({ on: "update" }))]);
  return parameters;
}

/** A text that was cleared is as one that was never set. */
function removeCleared(block: Notification): void {
  if (block.template === null) delete block.template;
  if (block.sound === null) delete block.sound;
}
