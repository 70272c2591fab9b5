import { common, resource } from "../../engine/definition.ts";
import type { Failure } from "../../engine/definition.ts";
import { bool, choice, method, object, sid, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { e164 } from "../e164.ts";

/** Proxy and Messaging services set how a number is handled, so only what the program sets is watched. */
const live = true;

const chosen = { computed: "Twilio's choice", clear: false } as const;

export const incomingPhoneNumber = resource({
  token: "twilio:api:IncomingPhoneNumber",
  description:
    "A phone number of the account, and who handles its messages and calls. **Creating one buys the number; deleting " +
    "one gives it back, and it may never be had again.** Usually the account has the number already: take it over " +
    "with `adopt`, which also leaves it with the account on destroy.\n\n" +
    "URLs that the program leaves out are left to others: a Proxy service sets them on each number in its pool.",
  example: `const support = new twilio.api.IncomingPhoneNumber("support", {
  phoneNumber: "+14155550100",
  adopt: true, // the account has it
  friendlyName: "Support",
}, { protect: true });`,
  docs: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
  openApi: {
    document: "api_v2010",
    create: "CreateIncomingPhoneNumber",
    fetch: "FetchIncomingPhoneNumber",
    update: "UpdateIncomingPhoneNumber",
    excludedParams: {
      AccountSid: "moves the number to another account, out of reach of the stack's credentials",
    },
  },
  parents: {},
  sid: "PN",
  inputs: {
    phoneNumber: text("The number in E.164 form. Give this or `areaCode`.", {
      createOnly: true,
      computed: "a number in `areaCode`",
      clear: false,
      pattern: e164,
    }),
    areaCode: text(
      "Three-digit area code in the US or Canada to buy any number in. Give this or `phoneNumber`.",
      {
        createOnly: true,
        writeOnly: true,
        clear: false,
        pattern: { regexp: /^[2-9]\d\d$/, hint: "a three-digit area code, for example 415" },
      },
    ),
    friendlyName: text("Name of the number.", {
      maxLength: 64,
      computed: "the number as written in its country",
      clear: false,
    }),
    smsUrl: url("Called for a message to the number.", { live }),
    smsMethod: method("HTTP method of calls to `smsUrl`.", { default: "POST", live }),
    smsFallbackUrl: url("Called when `smsUrl` fails.", { live }),
    smsFallbackMethod: method("HTTP method of calls to `smsFallbackUrl`.", { default: "POST", live }),
    smsApplicationSid: sid("TwiML application that handles messages, in place of the `sms…` URLs.", "AP", {
      live,
    }),
    voiceUrl: url("Called for a call to the number.", { live }),
    voiceMethod: method("HTTP method of calls to `voiceUrl`.", { default: "POST", live }),
    voiceFallbackUrl: url("Called when `voiceUrl` fails.", { live }),
    voiceFallbackMethod: method("HTTP method of calls to `voiceFallbackUrl`.", { default: "POST", live }),
    voiceApplicationSid: sid(
      "TwiML application that handles calls, in place of the `voice…` URLs. Not with `trunkSid`.",
      "AP",
      { live },
    ),
    voiceCallerIdLookup: bool("Whether the name of a caller is looked up, which Twilio charges for.", {
      default: false,
    }),
    voiceReceiveMode: choice("What the number takes calls as.", ["voice", "fax"], { default: "voice" }),
    trunkSid: sid("SIP trunk that handles calls. Not with `voiceApplicationSid`.", "TK", { live }),
    statusCallback: url("Called when the status of a call changes.", { live }),
    statusCallbackMethod: method("HTTP method of calls to `statusCallback`.", { default: "POST", live }),
    apiVersion: text("Version of TwiML that calls start with.", {
      default: "2010-04-01",
      pattern: { regexp: /^(2010-04-01|2008-08-01)$/, hint: "2010-04-01 or 2008-08-01" },
    }),
    emergencyStatus: choice(
      "Whether emergency calls can be made from the number.",
      ["Active", "Inactive"],
      chosen,
    ),
    emergencyAddressSid: sid("Address given to emergency services.", "AD"),
    addressSid: sid("Address that regulations ask for.", "AD"),
    identitySid: sid("Identity that regulations ask for.", "RI"),
    bundleSid: sid("Regulatory bundle that regulations ask for.", "BU"),
  },
  outputs: {
    accountSid: common.accountSid,
    dateCreated: common.dateCreated,
    dateUpdated: common.dateUpdated,
    uri: text("Path of it in Twilio's API.", { required: true, stable: true }),
    addressRequirements: choice("Which address regulations ask for.", ["none", "any", "local", "foreign"]),
    beta: bool("Whether the number is new to Twilio's platform."),
    capabilities: object("What the number can do.", {
      voice: bool("Calls.", { required: true }),
      sms: bool("SMS.", { required: true }),
      mms: bool("MMS.", { required: true }),
      fax: bool("Fax."),
    }),
    origin: text("`twilio` for Twilio's own numbers, `hosted` for others."),
    emergencyAddressStatus: text("How far the emergency address is registered."),
    status: text("Status of the number, for example `in-use`."),
    type: text("Kind of number, for example `local`.", { stable: true }),
  },
  keys: [{ inputs: ["phoneNumber"], filter: ({ phoneNumber }) => ({ phoneNumber }) }],
  check: ({ phoneNumber, areaCode, voiceApplicationSid, trunkSid }) => {
    const failures: Failure[] = [];
    if ((phoneNumber === undefined) === (areaCode === undefined)) {
      failures.push({ path: ["phoneNumber"], reason: "Give one of phoneNumber and areaCode, and not both" });
    }
    if (voiceApplicationSid !== undefined && trunkSid !== undefined) {
      failures.push({
        path: ["trunkSid"],
        reason: "excludes voiceApplicationSid: at Twilio each removes the other; leave one out",
      });
    }
    return failures;
  },
  conflict: (error) => error.code === 21422,
  fixes: [
    { code: 21421, fix: "Give a phoneNumber in E.164 form that Twilio sells." },
    {
      code: 21422,
      fix: "Choose a number that is for sale.",
    },
    { code: 21452, fix: "Choose another areaCode: no number is for sale in this one." },
    { code: 21628, fix: "Give the emergencyAddressSid of a validated address." },
    { on: "delete", message: /emergency/i, fix: "Remove the number's emergency address first." },
  ],
  at: (twilio) => operations(twilio.incomingPhoneNumbers),
});
