import { common, parent, resource } from "../../engine/definition.ts";
import { choice, int, method, object, set, sid, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { checkParts } from "../partsOfType.ts";
import type { PartsOfType } from "../partsOfType.ts";
import { serviceGone } from "./serviceGone.ts";
import { webhookEvents } from "./webhookEvents.ts";

/** Shorter than elsewhere: Twilio error 50054. */
const maxUrl = 2048;
/** Twilio's limit on the strings that fire a `trigger`, and on the webhooks of a channel. */
const maxTriggers = 5;
const maxWebhooks = 5;

/** What each type of webhook needs, and what else it can have. */
const configurationOf = {
  webhook: { required: ["url", "filters"], optional: ["method", "retryCount"] },
  trigger: { required: ["url", "triggers"], optional: ["method", "retryCount"] },
  studio: { required: ["flowSid"], optional: ["retryCount"] },
} as const satisfies { [type: string]: PartsOfType };

export const channelWebhook = resource({
  token: "twilio:chat:ChannelWebhook",
  description:
    "What happens on events in one channel: a call to a URL for chosen events (`webhook`) or for words in a message " +
    `(\`trigger\`), or a Studio flow that runs for each message (\`studio\`). At most ${maxWebhooks} per channel. ` +
    "They work beside the webhooks of the service.",
  example: `new twilio.chat.ChannelWebhook("archive", {
  serviceSid: chat.sid,
  channelSid: team.sid,
  type: "webhook",
  configuration: {
    url: "https://example.com/archive",
    filters: ["onMessageSent"],
    retryCount: 3,
  },
});`,
  docs: "https://www.twilio.com/docs/chat/rest/channel-webhook-resource",
  openApi: {
    document: "chat_v2",
    create: "CreateChannelWebhook",
    fetch: "FetchChannelWebhook",
    update: "UpdateChannelWebhook",
  },
  parents: {
    serviceSid: parent("IS", "Chat service the channel belongs to."),
    channelSid: parent("CH", "Channel the webhook listens to."),
  },
  sid: "WH",
  inputs: {
    type: choice("What happens: see the resource's description.", ["webhook", "trigger", "studio"], {
      required: true,
      createOnly: true,
    }),
    configuration: object("When to act, and how.", {
      url: url("Called on each event, at most 2048 characters. For the types `webhook` and `trigger`.", {
        check: ({ length }) =>
          length > maxUrl ? `must have at most ${maxUrl} characters, got ${length}; shorten it` : undefined,
      }),
      method: method("HTTP method of the calls. For the types `webhook` and `trigger`.", { default: "POST" }),
      filters: set("Events to act on. For the type `webhook`.", { values: webhookEvents }),
      triggers: set("Strings that make a message an event. For the type `trigger`.", {
        maxItems: maxTriggers,
      }),
      flowSid: sid("Studio flow to run. For the type `studio`.", "FW"),
      retryCount: int("How often a failed call is retried.", { min: 0, max: 3, default: 0 }),
    }),
  },
  outputs: common,
  check: ({ type, configuration }) =>
    isType(type)
      ? checkParts(`a webhook of type ${type}`, "configuration", configuration, configurationOf[type])
      : [],
  gone: serviceGone,
  fixes: [
    {
      on: "create",
      message: /maximum|limit|too many/i,
      fix: `Remove a webhook of the channel: Twilio takes at most ${maxWebhooks}.`,
    },
  ],
  at: (twilio, { serviceSid, channelSid }) =>
    // Twilio's pages hold at most as many as a channel can have.
    operations(twilio.chat.v2.services(serviceSid).channels(channelSid).webhooks, { pageSize: maxWebhooks }),
});

const isType = (value: unknown): value is keyof typeof configurationOf =>
  typeof value === "string" && Object.hasOwn(configurationOf, value);
