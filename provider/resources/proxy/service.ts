import type { Twilio } from "twilio";

import { common, resource } from "../../engine/definition.ts";
import type { Deletion, OnDelete } from "../../engine/definition.ts";
import { TwilioError } from "../../engine/errors.ts";
import { choice, int, sid, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { incomingPhoneNumber } from "../api/incomingPhoneNumber.ts";
import { isProxyWebhook } from "./proxyWebhook.ts";
import { serviceGone } from "./serviceGone.ts";

export const service = resource({
  token: "twilio:proxy:Service",
  description:
    "A Proxy service connects people through a pool of numbers. Flex sends and receives the SMS and WhatsApp " +
    "messages of its conversations through one, `Flex Proxy Service`: take that over with `adopt`. Deleting a " +
    "service deletes its sessions and gives up its pool, which points its numbers at Twilio's demo pages: one with a number " +
    "whose `smsUrl` meanwhile points elsewhere is left in place, with a warning that says how to delete it.",
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
  onDelete: deletionKeepsHandlers,
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

/** Deletes a service unless somebody else handles the messages of a number in its pool by now, and goes on doing so. */
async function deletionKeepsHandlers({ twilio, sid: serviceSid, goesToo }: Deletion): Promise<OnDelete> {
  const pool = new Set((await poolOf(twilio, serviceSid)).map(({ sid }) => sid));
  if (pool.size === 0) return "remove";
  const handled: string[] = [];
  for (const { sid, phoneNumber, smsUrl, accountSid } of await twilio.incomingPhoneNumbers.list({
    pageSize: 1000,
  })) {
    if (!pool.has(sid) || isProxyWebhook(smsUrl, accountSid, serviceSid)) continue;
    if (!(await goesToo(incomingPhoneNumber, sid))) handled.push(phoneNumber);
  }
  if (handled.length === 0) return "remove";
  return {
    warn: true,
    forget:
      `${handled.join(", ")} ${handled.length === 1 ? "is" : "are"} in its pool, and somebody else handles the messages ` +
      "by now: deleting the service would point the pool at Twilio's demo pages. To delete it, note the URLs of these " +
      `numbers, send DELETE https://proxy.twilio.com/v1/Services/${serviceSid}, then set the URLs again`,
  };
}

async function poolOf(twilio: Twilio, serviceSid: string): Promise<{ sid: string }[]> {
  try {
    return await twilio.proxy.v1.services(serviceSid).phoneNumbers.list({ pageSize: 100 });
  } catch (error) {
    if (error instanceof TwilioError && (error.status === 404 || serviceGone(error))) return [];
    throw error;
  }
}
