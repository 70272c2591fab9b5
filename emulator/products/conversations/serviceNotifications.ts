import { boolean, type Parameter, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { type Notification, service } from "../chat/kinds.ts";
import { findService } from "./service.ts";
import { singletonRoutes } from "./singleton.ts";

/** The parameters of a notification that is stored at a path, its texts absent until they are given. */
function notification(name: string, field: string, hasSound = true): [string, Parameter][] {
  const set = (property: string, parameter: Parameter): [string, Parameter] => [
    `${name}.${property}`,
    { ...parameter, on: "update", field: `${field}.${property.toLowerCase()}` },
  ];
  return [set("Enabled", boolean()), set("Template", text()), ...(hasSound ? [set("Sound", text())] : [])];
}

export const serviceNotificationsResource = resource(service, {
  prefix: "IS",
  path: "/v1/Services/{ChatServiceSid}/Configuration/Notifications",
  listKey: "notifications",
  operations: [],
  parameters: {
    LogEnabled: boolean({ on: "update", field: "notifications.log_enabled" }),
    ...Object.fromEntries([
      ...notification("NewMessage", "notifications.new_message"),
      ...notification("AddedToConversation", "notifications.added_to_channel"),
      ...notification("RemovedFromConversation", "notifications.removed_from_channel"),
      ...notification("NewMessage.WithMedia", "with_media", false),
    ]),
    "NewMessage.BadgeCountEnabled": boolean({
      on: "update",
      field: "notifications.new_message.badge_count_enabled",
    }),
  },
});

/** The notifications of a service: Chat's under other names, and one for messages with files. */
export const serviceNotificationsRoutes = singletonRoutes({
  resource: serviceNotificationsResource,
  owner: findService,
  body: ({ notifications, with_media }, serviceSid, { accountSid }) => ({
    account_sid: accountSid,
    chat_service_sid: serviceSid,
    log_enabled: notifications.log_enabled,
    new_message: {
      ...set(notifications.new_message),
      badge_count_enabled: notifications.new_message.badge_count_enabled ?? false,
      with_media: set(with_media ?? { enabled: false }),
    },
    added_to_conversation: set(notifications.added_to_channel),
    removed_from_conversation: set(notifications.removed_from_channel),
    url: `https://conversations.twilio.com/v1/Services/${serviceSid}/Configuration/Notifications`,
  }),
});

/** A text that was cleared is as one that was never set. */
function set({ enabled = false, template, sound, ...rest }: Partial<Notification>): object {
  return {
    enabled,
    ...rest,
    ...(template == null ? {} : { template }),
    ...(sound == null ? {} : { sound }),
  };
}
