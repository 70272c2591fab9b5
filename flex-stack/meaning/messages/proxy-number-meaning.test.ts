import { describe, expect, test } from "@jest/globals";
import type { Properties } from "../../changes/subject.ts";
import type { KnownResource } from "../known-resource.ts";
import { follows, known, proxySid, proxyUrl } from "./told.fixture.ts";

const type = "proxy:PhoneNumber";
const phoneNumber = "+14155550142";
const byNumber = { serviceSid: proxySid, phoneNumber };
const bySid = { serviceSid: proxySid, phoneNumberSid: "PN1" };
const number = (smsUrl: string, fate?: KnownResource["fate"]) =>
  known("api:IncomingPhoneNumber", "number", "PN1", { phoneNumber, smsUrl }, fate);
const elsewhere = "https://handler.example.com/sms";

describe("a number in a Proxy pool", () => {
  test.each<[string, Properties, KnownResource[], string[]]>([
    ["by its number", byNumber, [], [`new, brings texts to ${phoneNumber} to the Proxy service Flex Proxy`]],
    [
      "by its SID",
      bySid,
      [number(proxyUrl(proxySid))],
      [`new, brings texts to ${phoneNumber} to the Proxy service Flex Proxy`],
    ],
    [
      "by a SID of nothing in the stack",
      bySid,
      [],
      ["new, brings texts to PN1 to the Proxy service Flex Proxy"],
    ],
  ])("comes in %s", (_, after, stack, expected) => {
    expect(follows(type, undefined, after, stack)).toEqual(expected);
  });

  const lost = `! texts to ${phoneNumber} no longer go to the Proxy service Flex Proxy: Twilio points the number at a demo page`;

  test.each<[string, Properties, KnownResource[], string[]]>([
    ["and loses texts", byNumber, [], [lost]],
    ["and loses texts that still go there", bySid, [number(proxyUrl(proxySid))], [lost]],
    ["with the number itself", bySid, [number(elsewhere, "gone")], [lost]],
    [
      "while another handles its texts",
      bySid,
      [number(elsewhere)],
      [`texts to ${phoneNumber} go to ${elsewhere}; Proxy has no part in them`],
    ],
  ])("goes out %s", (_, before, stack, expected) => {
    expect(follows(type, before, undefined, stack)).toEqual(expected);
  });
});
