import { common, resource } from "../../engine/definition.ts";
import { choice, int, sid, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { serviceGone } from "./serviceGone.ts";

export const service = resource({
  token: "twilio:proxy:Service",
  description:
    "A Proxy service connects people through a pool of numbers. Flex sends and receives the SMS and WhatsApp " +
    "messages of its conversations through one, `Flex Proxy Service`: take that over with `adopt`. Deleting a " +
    "service deletes its sessions and gives up its pool.",
  example: `const proxy = new twilio.proxy.Service("flex", {
  uniqueName: "Flex Proxy Service",
  adopt: true, // the one that Flex made
  chatInstanceSid: chat.sid,
  numberSelectionBehavior: "avoid-sticky",
});`,
  docs: "https://www.twilio.com/docs/proxy/api/service",
  openApi: {
    document: "proxy_v1",
    create: "CreateService",
    fetch: "FetchService",
    update: "UpdateService",
  },
  parents: {},
  sid: "KS",
  inputs: {
    uniqueName: text("Name of the service, unique in the account. Not for personal data.", {
      required: true,
      minLength: 1,
      maxLength: 191,
    }),
    defaultTtl: int(
      "How long a session lives after its last interaction, in seconds, unless it says otherwise; 0 is for ever.",
      { min: 0, default: 0 },
    ),
    callbackUrl: url("Called when the status of an interaction changes."),
    geoMatchLevel: choice(
      "How near to the participant the number that Proxy picks must be. Anything closer than `country` works in " +
        "North America only.",
      ["area-code", "overlay", "radius", "extended-area-code", "country"],
      { default: "country" },
    ),
    numberSelectionBehavior: choice(
      "Whether a participant gets the number of earlier sessions again where possible (`prefer-sticky`) or another.",
      ["prefer-sticky", "avoid-sticky"],
      { default: "prefer-sticky" },
    ),
    interceptCallbackUrl: url("Called before each interaction; the answer 403 blocks it."),
    outOfSessionCallbackUrl: url(
      "Called for a message or call that belongs to no open session. It can answer with TwiML or with a session " +
        "to open.",
    ),
    chatInstanceSid: sid(
      "Chat service whose channels Proxy connects to. No other Proxy service may have it.",
      "IS",
    ),
  },
  outputs: common,
  keys: [{ inputs: ["uniqueName"] }],
  gone: serviceGone,
  conflict: (error) => error.code === 80602,
  fixes: [
    {
      code: 80617,
      fix: "Give the chatInstanceSid of a Chat service of this account that no other Proxy service has.",
    },
  ],
  at: (twilio) => operations(twilio.proxy.v1.services),
});
