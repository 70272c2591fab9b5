import { common, parent, resource } from "../../engine/definition.ts";
import { bool, object, text } from "../../engine/field.ts";
import type { Fields } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { kept, owned } from "./owned.ts";
import { sameService } from "./sameService.ts";

/** What can be said of every push notification; `event` completes "sent when". */
const basics = (event: string) => ({
  enabled: bool(`Whether a push notification is sent when ${event}.`, kept),
  template: text("Text of it, with Twilio's placeholders such as `${CONVERSATION}`.", owned),
});

const notification = (event: string, more: Fields = {}) =>
  object(`Push notification sent when ${event}.`, {
    ...basics(event),
    sound: text("Name of the sound played with it.", owned),
    ...more,
  });

const withMedia = "a message with files is added to a conversation";

export const serviceNotifications = resource({
  token: "twilio:conversations:ServiceNotifications",
  description:
    "Push notifications of a service. One per service: the resource takes it over, changes only what the program sets, " +
    "and gives back what was there before when it is destroyed. A `twilio.chat.Service` has most of the same settings: " +
    "set them in one of the two.",
  example: `new twilio.conversations.ServiceNotifications("notifications", {
  serviceSid: service.sid,
  newMessage: { enabled: true, template: "New message in \${CONVERSATION}" },
});`,
  docs: "https://www.twilio.com/docs/conversations/api/service-notification-resource",
  openApi: {
    document: "conversations_v1",
    fetch: "FetchServiceNotification",
    update: "UpdateServiceNotification",
    excludedFields: sameService,
  },
  parents: { serviceSid: parent("IS", "Service to set.") },
  inputs: {
    logEnabled: bool("Whether notifications are logged.", kept),
    newMessage: notification("a message is added to a conversation", {
      badgeCountEnabled: bool("Whether the app's badge shows the number of unread messages.", kept),
      withMedia: object(`Push notification sent when ${withMedia}.`, basics(withMedia)),
    }),
    addedToConversation: notification("a participant is added to a conversation"),
    removedFromConversation: notification("a participant is removed from a conversation"),
  },
  outputs: { accountSid: common.accountSid, url: common.url },
  life: "given",
  onDelete: "restore",
  at: (twilio, { serviceSid }) =>
    operations(() => twilio.conversations.v1.services(serviceSid).configuration.notifications()),
});
