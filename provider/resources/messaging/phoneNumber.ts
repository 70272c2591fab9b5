import { common, parent, resource } from "../../engine/definition.ts";
import { set, sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

export const phoneNumber = resource({
  token: "twilio:messaging:PhoneNumber",
  description:
    "A number of the account among the senders of a Messaging service. A number can be in one service only. Deleting " +
    "this takes the number out of the service; the account keeps it.",
  example: `new twilio.messaging.PhoneNumber("support", {
  serviceSid: notices.sid,
  phoneNumberSid: support.sid,
});`,
  docs: "https://www.twilio.com/docs/messaging/api/phonenumber-resource",
  openApi: {
    document: "messaging_v1",
    create: "CreatePhoneNumber",
    fetch: "FetchPhoneNumber",
  },
  parents: { serviceSid: parent("MG", "Messaging service the number sends for.") },
  sid: "PN",
  inputs: {
    phoneNumberSid: sid("SID of the number.", "PN", { required: true, createOnly: true, response: "sid" }),
  },
  outputs: {
    ...common,
    phoneNumber: text("The number in E.164 form.", { required: true, stable: true }),
    countryCode: text("Country of the number, ISO 3166-1 alpha-2."),
    capabilities: set("What the number can do: Voice, SMS, MMS.", { required: true }),
  },
  keys: [
    { inputs: ["phoneNumberSid"], accountWide: true, fetch: ({ phoneNumberSid }) => phoneNumberSid ?? "" },
  ],
  conflict: (error) => error.code === 21710,
  fixes: [{ code: 21712, fix: "Remove the number from the other Messaging service first." }],
  at: (twilio, { serviceSid }) => operations(twilio.messaging.v1.services(serviceSid).phoneNumbers),
});
