import { common, resource } from "../../engine/definition.ts";
import { bool, int, method, object, set, sid, text, url } from "../../engine/field.ts";
import type { Fields } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { twinOf } from "../oneStore.ts";
import { webhookEvents } from "./webhookEvents.ts";

/** Twilio takes everything but the name in updates only. */
const updateOnly = true;

const role = (description: string, made: string) =>
  sid(description, "RL", {
    updateOnly,
    computed: `the role \`${made}\` that Twilio makes with the service`,
    clear: false,
  });

/** Push notification for one event; `event` completes "sent when". */
const notification = (event: string, more: Fields = {}) =>
  object(`Push notification sent when ${event}.`, {
    enabled: bool("Whether it is sent.", { updateOnly, default: false }),
    template: text("Text of it, with Twilio's placeholders such as `${CHANNEL}`.", { updateOnly }),
    sound: text("Name of the sound played with it.", { updateOnly }),
    ...more,
  });

export const service = resource({
  token: "twilio:chat:Service",
  description:
    "A Programmable Chat service: it holds channels, users and roles. Flex keeps its conversations in one that " +
    "it makes itself, `Flex Chat Service`: take that over with `adopt`. Deleting a service deletes everything " +
    "in it.",
  example: `const chat = new twilio.chat.Service("flex", {
  friendlyName: "Flex Chat Service",
  adopt: true, // the one that Flex made
  postWebhookUrl: "https://example.com/chat-events",
  webhookFilters: ["onMessageSent", "onChannelDestroyed"],
  limits: { channelMembers: 50 },
});`,
  docs: "https://www.twilio.com/docs/chat/rest/service-resource",
  openApi: {
    document: "chat_v2",
    create: "CreateService",
    fetch: "FetchService",
    update: "UpdateService",
  },
  parents: {},
  sid: "IS",
  inputs: {
    friendlyName: text("Name of the service.", { required: true, minLength: 1, maxLength: 256 }),
    defaultServiceRoleSid: role(
      "Role of users in the service, unless they are given another.",
      "service user",
    ),
    defaultChannelRoleSid: role(
      "Role of members in a channel, unless they are given another.",
      "channel user",
    ),
    defaultChannelCreatorRoleSid: role("Role of a channel's creator in that channel.", "channel admin"),
    readStatusEnabled: bool("Whether the service keeps track of what each member has read.", {
      updateOnly,
      default: true,
    }),
    reachabilityEnabled: bool("Whether users' `isOnline` and `isNotifiable` are kept up to date.", {
      updateOnly,
      default: false,
    }),
    typingIndicatorTimeout: int("How long a member counts as typing after the last sign of it, in seconds.", {
      updateOnly,
      min: 0,
      default: 5,
    }),
    consumptionReportInterval: int(
      "How often clients report what was read, in seconds. Twilio calls it deprecated.",
      { updateOnly, min: 0, default: 10 },
    ),
    preWebhookUrl: url("Called before something happens; an answer other than 200 prevents it.", {
      updateOnly,
    }),
    postWebhookUrl: url("Called after something happened.", { updateOnly }),
    webhookMethod: method("HTTP method of calls to `preWebhookUrl` and `postWebhookUrl`.", {
      updateOnly,
      default: "POST",
    }),
    webhookFilters: set("Events that `preWebhookUrl` and `postWebhookUrl` are called for. None when empty.", {
      updateOnly,
      values: webhookEvents,
      clear: "",
    }),
    preWebhookRetryCount: int(
      "How often a call to `preWebhookUrl` is retried after a timeout or 429, 503, 504.",
      {
        updateOnly,
        min: 0,
        max: 3,
        default: 0,
      },
    ),
    postWebhookRetryCount: int(
      "How often a call to `postWebhookUrl` is retried after a timeout or 429, 503, 504.",
      { updateOnly, min: 0, max: 3, default: 0 },
    ),
    limits: object("Limits of the service.", {
      channelMembers: int("Most members a channel can have.", {
        updateOnly,
        min: 1,
        max: 1000,
        default: 100,
      }),
      userChannels: int("Most channels a user can be a member of.", {
        updateOnly,
        min: 1,
        max: 1000,
        default: 250,
      }),
    }),
    media: object("Media messages.", {
      compatibilityMessage: text("Text shown by clients that can't show media.", {
        updateOnly,
        default: "Media messages are not supported by your client",
      }),
    }),
    notifications: object("Push notifications.", {
      logEnabled: bool("Whether notifications are logged.", { updateOnly, default: false }),
      newMessage: notification("a message is added to a channel", {
        badgeCountEnabled: bool("Whether the app's badge shows the number of unread messages.", {
          updateOnly,
          default: false,
        }),
      }),
      addedToChannel: notification("a member is added to a channel"),
      removedFromChannel: notification("a member is removed from a channel"),
      invitedToChannel: notification("a user is invited to a channel"),
    }),
  },
  outputs: {
    ...common,
    mediaSizeLimitMb: int("Largest media file, in MB.", { required: true, response: "media.size_limit_mb" }),
  },
  keys: [{ inputs: ["friendlyName"], unique: false }],
  fixes: [
    { code: 50000, fix: "Give the service a friendlyName." },
    {
      code: 50054,
      fix: "Use absolute http or https URLs that Twilio can reach, and names of Programmable Chat's webhook events.",
    },
    { code: 50055, fix: "Set webhookMethod to GET or POST." },
    { code: 50101, fix: "Give a role of type channel that belongs to this service." },
    { code: 50102, fix: "Give a role of type deployment that belongs to this service." },
  ],
  twin: twinOf("conversations", "Service", "friendlyName"),
  at: (twilio) => operations(twilio.chat.v2.services, { pageSize: 100 }),
});
