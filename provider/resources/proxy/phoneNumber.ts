import type { Twilio } from "twilio";

import { common, parent, resource } from "../../engine/definition.ts";
import type { Deletion, Failure, OnDelete } from "../../engine/definition.ts";
import { TwilioError } from "../../engine/errors.ts";
import { bool, int, json, sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { incomingPhoneNumber } from "../api/incomingPhoneNumber.ts";
import { e164 } from "../e164.ts";
import { isProxyWebhook } from "./proxyWebhook.ts";
import { serviceGone } from "./serviceGone.ts";

export const phoneNumber = resource({
  token: "twilio:proxy:PhoneNumber",
  description:
    "A number of the account in the pool of a Proxy service. Adding it overwrites the URLs that handle its messages " +
    "and calls with Proxy's own; removing it sets them to Twilio's demo pages, not to what they were. For that " +
    "reason a number whose `smsUrl` meanwhile points elsewhere is left in the pool when this resource is deleted, " +
    "with a warning that says how to remove it: whoever handles its messages now would lose them otherwise. One whose " +
    "`smsUrl` is empty, as Flex Conversations wants it, is removed and its URLs are set again at once, unless an open " +
    "session uses it.",
  example: `new twilio.proxy.PhoneNumber("support", {
  serviceSid: proxy.sid,
  phoneNumberSid: support.sid,
});`,
  docs: "https://www.twilio.com/docs/proxy/api/phone-number",
  openApi: {
    document: "proxy_v1",
    create: "CreatePhoneNumber",
    fetch: "FetchPhoneNumber",
    update: "UpdatePhoneNumber",
  },
  parents: { serviceSid: parent("KS", "Proxy service whose pool the number is in.") },
  sid: "PN",
  inputs: {
    phoneNumberSid: sid("SID of the number. Give this or `phoneNumber`.", "PN", {
      createOnly: true,
      computed: "the SID of `phoneNumber`",
      clear: false,
      param: "sid",
      response: "sid",
    }),
    phoneNumber: text("The number in E.164 form. Give this or `phoneNumberSid`.", {
      createOnly: true,
      computed: "the number of `phoneNumberSid`",
      clear: false,
      pattern: e164,
    }),
    isReserved: bool("Whether Proxy leaves the number alone unless a session asks for it.", {
      default: false,
    }),
  },
  outputs: {
    ...common,
    friendlyName: text("Name of the number."),
    isoCountry: text("Country of the number, ISO 3166-1 alpha-2."),
    capabilities: json("What the number can do, by name, for example `sms`.", { required: true }),
    inUse: int("How many open sessions the number takes part in.", { required: true }),
  },
  keys: [
    { inputs: ["phoneNumberSid"], accountWide: true, fetch: ({ phoneNumberSid }) => phoneNumberSid ?? "" },
    { inputs: ["phoneNumber"], accountWide: true },
  ],
  onDelete: removalKeepsHandler,
  check: ({ phoneNumber, phoneNumberSid }): Failure[] =>
    (phoneNumber === undefined) === (phoneNumberSid === undefined)
      ? [{ path: ["phoneNumberSid"], reason: "Give one of phoneNumberSid and phoneNumber, and not both" }]
      : [],
  gone: isGone,
  conflict: (error) => error.code === 80104,
  fixes: [
    { code: 80101, fix: "Remove the number from the pool of the other Proxy service first." },
    { code: 80407, fix: "Give a number of this account that can send and receive messages." },
    {
      code: 80611,
      fix:
        "Chats with customers are open on the number. Let agents complete them, or close their sessions: send " +
        "Status=closed to https://proxy.twilio.com/v1/Services/KS…/Sessions/KC… for each one that is open or " +
        "in progress. Then try again.",
    },
  ],
  at: (twilio, { serviceSid }) => operations(twilio.proxy.v1.services(serviceSid).phoneNumbers),
});

function isGone(error: TwilioError): boolean {
  return (
    serviceGone(error) ||
    (error.status === 400 && (error.code === 80408 || /invalid phone number sid/i.test(error.message)))
  );
}

/**
 * Removes a number from the pool unless somebody else handles its messages by now. Where nobody does by a URL, as with
 * Flex Conversations, its URLs are set again: Twilio's demo page would answer customers.
 */
async function removalKeepsHandler({ twilio, parents, sid, recorded }: Deletion): Promise<OnDelete> {
  const serviceSid = parents["serviceSid"] ?? "";
  const number = await findNumber(twilio, sid);
  if (number === undefined || isProxyWebhook(number.smsUrl, number.accountSid, serviceSid)) return "remove";
  const place = await placeInPool(twilio, serviceSid, sid);
  if (place === undefined) {
    // A run that was killed may have removed it, which pointed it at Twilio's demo page.
    const declared = isDemo(number.smsUrl) ? await recorded(incomingPhoneNumber, sid) : [];
    if (!declared.some(({ smsUrl }) => smsUrl === "")) return "remove";
    return { send: () => emptied(twilio, sid) };
  }
  if (number.smsUrl === "" && !((place.inUse ?? 0) > 0))
    return {
      async send() {
        await twilio.proxy.v1.services(serviceSid).phoneNumbers(sid).remove();
        const { voiceUrl, voiceMethod } = number;
        await emptied(twilio, sid, isProxyVoice(voiceUrl) ? {} : { voiceUrl, voiceMethod });
      },
    };
  const why =
    number.smsUrl === ""
      ? "open sessions use it. Once these are closed, remove it"
      : "removing it would point it at Twilio's demo page. To remove it, note its URLs, send DELETE";
  return {
    warn: true,
    forget:
      `${number.phoneNumber} stays in the pool of Proxy service ${serviceSid}: its smsUrl is ` +
      `${number.smsUrl || "empty"}, so Proxy no longer handles its messages, and ${why} ` +
      `https://proxy.twilio.com/v1/Services/${serviceSid}/PhoneNumbers/${sid}, then set its URLs again`,
  };
}

/** The number, or undefined where the account no longer has it. */
async function findNumber(twilio: Twilio, sid: string) {
  return ifThere(() => twilio.incomingPhoneNumbers(sid).fetch());
}

/** The number in the pool, or undefined where it is not. */
async function placeInPool(twilio: Twilio, serviceSid: string, sid: string) {
  return ifThere(() => twilio.proxy.v1.services(serviceSid).phoneNumbers(sid).fetch());
}

/** What Twilio sets a number to that leaves a pool. */
const isDemo = (url: string): boolean => url.startsWith("https://demo.twilio.com/");

const isProxyVoice = (url: string): boolean => /\/Proxy\/KS[0-9a-f]{32}\//.test(url);

async function emptied(
  twilio: Twilio,
  sid: string,
  voice: { voiceUrl?: string; voiceMethod?: string } = {},
): Promise<void> {
  await twilio.incomingPhoneNumbers(sid).update({ smsUrl: "", ...voice });
}

async function ifThere<T>(fetch: () => Promise<T>): Promise<T | undefined> {
  try {
    return await fetch();
  } catch (error) {
    if (error instanceof TwilioError && (error.status === 404 || isGone(error))) return undefined;
    throw error;
  }
}
