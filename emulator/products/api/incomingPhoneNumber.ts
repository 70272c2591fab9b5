import type { Context } from "../../kernel/context.ts";
import { create, list } from "../../kernel/crud.ts";
import { invalid, missingParameter } from "../../kernel/errors.ts";
import { boolean, coded, codedUrl, oneOf, sid, text, url } from "../../kernel/parameter.ts";
import type { Route } from "../../kernel/product.ts";
import { resource } from "../../kernel/resource.ts";
import { incomingPhoneNumber } from "./kinds.ts";
import { isAreaCode, numbersOfArea } from "./numbersForSale.ts";
import { phoneNumberPattern } from "./phoneNumberPattern.ts";

const method = oneOf(["GET", "POST"], { default: "POST" });

/**
 * Unset URLs and application SIDs of a number are empty texts, not null. A bad URL has a code by what it is for:
 * voice 21402 (https://github.com/nash-md/twilio-contact-center/issues/17), messages 21502
 * (https://www.twilio.com/docs/api/errors/21502), status 21609 (https://www.twilio.com/docs/api/errors/21609).
 */
const voiceUrl = codedUrl(21402, url({ default: "" }));
const smsUrl = codedUrl(21502, url({ default: "" }));
// https://www.twilio.com/docs/api/errors/21403
const voiceMethod = coded(21403, method);
const statusUrl = codedUrl(21609, url({ default: "" }));
const application = sid("AP", { default: "" });

export const incomingPhoneNumberResource = resource(incomingPhoneNumber, {
  prefix: "PN",
  path: "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json",
  listKey: "incoming_phone_numbers",
  parameters: {
    PhoneNumber: text({ on: "create" }),
    AreaCode: text({ on: "create", field: null }),
    FriendlyName: text({ max: 64 }),
    ApiVersion: oneOf(["2010-04-01", "2008-08-01"], { default: "2010-04-01" }),
    SmsUrl: smsUrl,
    SmsMethod: method,
    SmsFallbackUrl: smsUrl,
    SmsFallbackMethod: method,
    SmsApplicationSid: application,
    VoiceUrl: voiceUrl,
    VoiceMethod: voiceMethod,
    VoiceFallbackUrl: voiceUrl,
    VoiceFallbackMethod: voiceMethod,
    VoiceApplicationSid: application,
    VoiceCallerIdLookup: boolean({ default: false }),
    VoiceReceiveMode: oneOf(["voice", "fax"], { default: "voice" }),
    StatusCallback: statusUrl,
    StatusCallbackMethod: method,
    EmergencyStatus: oneOf(["Active", "Inactive"], { default: "Inactive" }),
    EmergencyAddressSid: sid("AD"),
    TrunkSid: sid("TK"),
    IdentitySid: sid("RI"),
    AddressSid: sid("AD"),
    BundleSid: sid("BU"),
    AccountSid: sid("AC", { on: "update", field: null }),
  },
  unique: [{ field: "phone_number", within: "account", taken: (number) => unavailable(number) }],
  filters: {
    PhoneNumber: {
      test([pattern = ""]) {
        const expression = phoneNumberPattern(pattern);
        return ({ fields }) => expression.test(fields.phone_number);
      },
    },
    FriendlyName: { field: "friendly_name" },
    // Every number here is an ordinary one of Twilio's.
    Beta: {
      test:
        ([beta = ""]) =>
        () =>
          beta.toLowerCase() !== "true",
    },
    Origin: {
      test:
        ([origin = ""]) =>
        () =>
          origin === "twilio",
    },
  },
  render: ({ fields: { phone_number, emergency_address_sid } }) => ({
    address_requirements: "none",
    beta: false,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    emergency_address_status: emergency_address_sid === null ? "unregistered" : "registered",
    origin: "twilio",
    status: "in-use",
    type: typeNames[typeOf(phone_number)],
  }),
  beforeWrite({ fields, previous, input }, context) {
    if (previous === undefined) fields.phone_number = buy(input["PhoneNumber"], input["AreaCode"], context);
    if (input["AccountSid"] !== undefined && input["AccountSid"] !== context.accountSid) {
      throw invalid("AccountSid names another account; the local Twilio has one and moves no numbers");
    }
    if (typeof fields.friendly_name !== "string") fields.friendly_name = national(fields.phone_number);
  },
});

/** As Twilio's documents write them: `local` where they show a number, all three where its numbers_v1 tells types. */
const typeNames = { Local: "local", Mobile: "mobile", TollFree: "toll-free" } as const;

const typeOf = (number: string): "Local" | "Mobile" | "TollFree" => {
  if (/^\+1(800|833|844|855|866|877|888)/.test(number)) return "TollFree";
  // North American numbers don't tell mobile from local; elsewhere only mobile numbers send messages.
  return number.startsWith("+1") ? "Local" : "Mobile";
};

/** The resource as the lists of one type answer it: Twilio's document has no `type` there. */
const ofOneType: typeof incomingPhoneNumberResource = {
  ...incomingPhoneNumberResource,
  render(document, context) {
    const { type: _, ...rest } = incomingPhoneNumberResource.render(document, context) as { type: string };
    return rest;
  },
};

/** The lists of one type of number, which also buy. */
export const phoneNumberTypes: readonly Route[] = (["Local", "Mobile", "TollFree"] as const).flatMap(
  (type): Route[] => {
    const path = `/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/${type}.json`;
    return [
      {
        method: "GET",
        path,
        handle: (request) => list(request, ofOneType, ({ fields }) => typeOf(fields.phone_number) === type),
      },
      {
        method: "POST",
        path,
        handle(request) {
          const number = request.form.get("PhoneNumber")?.[0] ?? "";
          if (number === "") throw missingParameter("PhoneNumber");
          if (typeOf(number) !== type) throw invalid(`${number} is not a number of type ${type}`, 21421);
          return create(request, ofOneType);
        },
      },
    ];
  },
);

/** Twilio's magic numbers for tests: one that is never available, one that is never valid. */
const neverAvailable = "+15005550000";
const neverValid = "+15005550001";

function buy(phoneNumber: unknown, areaCode: unknown, context: Context): string {
  if (typeof phoneNumber === "string") {
    if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber) || phoneNumber === neverValid) {
      throw invalid(`${phoneNumber} is not a valid number; it must be E.164, e.g. +14155550100`, 21421);
    }
    if (phoneNumber === neverAvailable) throw unavailable(phoneNumber);
    return phoneNumber;
  }
  if (typeof areaCode !== "string")
    throw invalid("PhoneNumber or AreaCode is required to buy a number", 21421);
  if (!isAreaCode(areaCode)) throw noneInAreaCode(areaCode);
  for (const number of numbersOfArea(areaCode)) {
    if (context.of(incomingPhoneNumber).find("phone_number", number) === undefined) return number;
  }
  throw noneInAreaCode(areaCode);
}

function unavailable(number: string): Error {
  return invalid(`${number} is not available`, 21422);
}

function noneInAreaCode(areaCode: string): Error {
  return invalid(`No phone numbers found in area code ${areaCode}`, 21452);
}

/** `(415) 555-0100` for North American numbers, else the number itself. */
export function national(number: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `(${area}) ${exchange}-${line}`;
}
