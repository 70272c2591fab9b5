import { common, resource } from "../../engine/definition.ts";
import { bool, choice, int, method, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

/** What Twilio turns on for new services has changed over the years. */
const twilioDecides = { computed: "Twilio's default for new services" } as const;

export const service = resource({
  token: "twilio:messaging:Service",
  description:
    "A Messaging service: a pool of senders for outbound messages, and one way to handle the inbound messages of all " +
    "its numbers. Flex does not need one; conversations of Flex go through Proxy.",
  example: `const notices = new twilio.messaging.Service("notices", {
  friendlyName: "Notices",
  useInboundWebhookOnNumber: true, // Proxy, set on the number, keeps handling replies
});`,
  docs: "https://www.twilio.com/docs/messaging/api/service-resource",
  openApi: {
    document: "messaging_v1",
    create: "CreateService",
    fetch: "FetchService",
    update: "UpdateService",
  },
  parents: {},
  sid: "MG",
  inputs: {
    friendlyName: text("Name of the service.", { required: true, minLength: 1, maxLength: 64 }),
    inboundRequestUrl: url(
      "Called for a message to any number of the service. Where it is empty, and `useInboundWebhookOnNumber` is " +
        "false, inbound messages are dropped.",
    ),
    inboundMethod: method("HTTP method of calls to `inboundRequestUrl`.", { default: "POST" }),
    fallbackUrl: url("Called when `inboundRequestUrl` fails."),
    fallbackMethod: method("HTTP method of calls to `fallbackUrl`.", { default: "POST" }),
    statusCallback: url("Called when the status of a message changes."),
    useInboundWebhookOnNumber: bool(
      "Whether the URL set on the number handles its inbound messages, in place of `inboundRequestUrl`. Must be true " +
        "for numbers that are in a Proxy pool, too.",
      { default: false },
    ),
    stickySender: bool("Whether a recipient gets messages from the same number each time.", twilioDecides),
    mmsConverter: bool(
      "Whether MMS becomes SMS with a link where the recipient can't get MMS.",
      twilioDecides,
    ),
    smartEncoding: bool(
      "Whether characters that make messages longer are replaced by similar ones.",
      twilioDecides,
    ),
    scanMessageContent: choice("Reserved by Twilio.", ["inherit", "enable", "disable"], twilioDecides),
    fallbackToLongCode: bool(
      "Obsolete: whether a failed short code message was sent from a long code.",
      twilioDecides,
    ),
    areaCodeGeomatch: bool(
      "Whether the sender's area code is the recipient's where possible.",
      twilioDecides,
    ),
    validityPeriod: int("How long a message waits to be sent, in seconds.", {
      min: 1,
      max: 36_000,
      ...twilioDecides,
    }),
    synchronousValidation: bool("Reserved by Twilio.", twilioDecides),
    usecase: text(
      "What the service is for: notifications, marketing, verification, discussion, poll or undeclared.",
      {
        ...twilioDecides,
        clear: false,
        pattern: {
          regexp: /^(notifications|marketing|verification|discussion|poll|undeclared)$/i,
          hint: "notifications, marketing, verification, discussion, poll or undeclared",
        },
      },
    ),
  },
  outputs: {
    ...common,
    usAppToPersonRegistered: bool("Whether a US A2P campaign is registered for the service."),
  },
  keys: [{ inputs: ["friendlyName"], unique: false }],
  at: (twilio) => operations(twilio.messaging.v1.services),
});
