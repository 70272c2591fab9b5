import { common, resource } from "../../engine/definition.ts";
import { bool, choice, int, object, set, sid, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { checkParts } from "../partsOfType.ts";
import type { PartsOfType } from "../partsOfType.ts";

/** What every way to open a conversation can have. */
const general = ["enabled", "type", "conversationServiceSid"] as const;

/** What each way to open a conversation needs, and what else it can have. */
const partsOf = {
  webhook: { required: ["webhookUrl"], optional: [...general, "webhookMethod", "webhookFilters"] },
  studio: { required: ["studioFlowSid"], optional: [...general, "studioRetryCount"] },
  default: { required: [], optional: general },
} as const satisfies { [type: string]: PartsOfType };

/** Settings of another type are not shown, and do nothing: there is nothing to clear. */
const clear = false;

export const address = resource({
  token: "twilio:conversations:Address",
  description:
    "What Conversations does with a message to one number or address of yours that belongs to no conversation yet. " +
    "While `autoCreation` is enabled, the message opens a conversation, and a Studio flow or a webhook hears of it; " +
    "otherwise the number's own URL gets it. Releasing a number deletes its address.",
  example: `new twilio.conversations.Address("support", {
  type: "sms",
  address: "+14155550100",
  friendlyName: "Support",
  autoCreation: { enabled: true, type: "studio", studioFlowSid: messaging.sid },
});`,
  docs: "https://www.twilio.com/docs/conversations/api/address-configuration-resource",
  openApi: {
    document: "conversations_v1",
    create: "CreateConfigurationAddress",
    fetch: "FetchConfigurationAddress",
    update: "UpdateConfigurationAddress",
  },
  parents: {},
  sid: "IG",
  inputs: {
    type: choice(
      "Kind of address.",
      ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"],
      // Twilio takes any case.
      { required: true, createOnly: true, normalize: (value) => value.toLowerCase() },
    ),
    address: text(
      "The address, for example `+14155550100` or `whatsapp:+14155550100`. An address has one configuration at most.",
      { required: true, createOnly: true, minLength: 1 },
    ),
    friendlyName: text("Name of the configuration.", { maxLength: 256 }),
    addressCountry: text("Country of a short code, ISO 3166-1 alpha-2.", {
      createOnly: true,
      pattern: { regexp: /^[A-Z]{2}$/, hint: "two capital letters, for example US" },
    }),
    autoCreation: object("How a message opens a conversation.", {
      enabled: bool(
        "Whether it does. Without it the address is a record only, and the number's own URL gets its messages.",
        { computed: "Twilio's default for new addresses" },
      ),
      type: choice(
        "Who hears of the messages of a conversation: a Studio flow, a webhook, or nobody besides its participants.",
        ["webhook", "studio", "default"],
        { computed: "Twilio's default for new addresses", clear },
      ),
      conversationServiceSid: sid("Service of the conversation.", "IS", {
        computed: "the account's default conversation service",
        clear,
      }),
      webhookUrl: url("URL that is called for each event. For `webhook`.", { clear }),
      webhookMethod: choice("HTTP method of these calls. For `webhook`.", ["get", "post"], {
        computed: "Twilio's default for new addresses",
        clear,
        normalize: (value) => value.toLowerCase(),
      }),
      webhookFilters: set("Events that it is called for, such as `onMessageAdded`. For `webhook`.", {
        // The local Twilio has this list of its own (emulator/products/conversations/autoCreation.ts), on purpose.
        values: [
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
        ],
        clear,
      }),
      studioFlowSid: sid("Studio flow to run. For `studio`.", "FW", { clear }),
      studioRetryCount: int("How often a failed start of the flow is tried again. For `studio`.", {
        min: 0,
        max: 3,
        computed: "Twilio's default for new addresses",
        clear,
      }),
    }),
  },
  outputs: common,
  keys: [{ inputs: ["address"], fetch: ({ address = "" }) => address }],
  check({ autoCreation }) {
    const type = isGroup(autoCreation) ? autoCreation["type"] : undefined;
    if (!isType(type)) return [];
    return checkParts(`auto-creation of type ${type}`, "autoCreation", autoCreation, partsOf[type]);
  },
  at: (twilio) => operations(twilio.conversations.v1.addressConfigurations, { pageSize: 50 }),
});

const isGroup = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isType = (value: unknown): value is keyof typeof partsOf =>
  typeof value === "string" && Object.hasOwn(partsOf, value);
