import { describe, expect, test } from "@jest/globals";
import type { Properties, Subject } from "../../changes/subject.ts";
import { meaningOf, phraseText, Surroundings } from "../index.ts";
import { flowSid, follows, proxySid, proxyUrl, unknown } from "./told.fixture.ts";

const type = "api:IncomingPhoneNumber";
const phoneNumber = "+14155550142";
const number = (smsUrl: unknown, more: Properties = {}) => ({ phoneNumber, smsUrl, ...more });
const flex = number(proxyUrl(proxySid));
const own = "https://handler.example.com/sms";

const bought = `! buys ${phoneNumber}, which costs money every month until it is given back`;

describe("a number's texts", () => {
  test.each<[string, Properties, Properties, string[]]>([
    [
      "leave Flex for a handler",
      flex,
      number(own),
      [`! texts to ${phoneNumber} now go to ${own}; Flex has no part in them`],
    ],
    [
      "come to Flex",
      number(own),
      flex,
      [`texts to ${phoneNumber} now go to Flex, through the Proxy service Flex Proxy`],
    ],
    ["have nobody", number(own), number(""), [`! nobody handles texts to ${phoneNumber}`]],
    [
      "have nobody when the program leaves it out",
      flex,
      { phoneNumber },
      [`! nobody handles texts to ${phoneNumber}`],
    ],
    [
      "go to another handler, without its credentials",
      number(own),
      number("https://u:pw@other.example.com/?token=t"),
      [
        `texts to ${phoneNumber} now go to https://u:[secret]@other.example.com/?token=[secret]; Flex has no part in them`,
      ],
    ],
    [
      "go past Flex to a Studio flow",
      flex,
      number(`https://webhooks.twilio.com/v1/Accounts/AC${"0".repeat(32)}/Flows/${flowSid}`),
      [`! texts to ${phoneNumber} now go to the Studio flow Messaging, and not to Flex`],
    ],
    [
      "go to an application before any URL",
      flex,
      { ...flex, smsApplicationSid: "AP1" },
      [`! texts to ${phoneNumber} now go to the TwiML application AP1, and not to Flex`],
    ],
    ["go where nobody knows", flex, number(unknown), []],
    ["stay in Flex, by another edge", flex, number(proxyUrl(proxySid, "webhooks.dublin.ie1.twilio.com")), []],
    [
      "leave only a site that is named like Twilio's",
      number(proxyUrl(proxySid, "x.nottwilio.com")),
      number(""),
      [`! nobody handles texts to ${phoneNumber}`],
    ],
    ["stay where they are", number(own, { friendlyName: "A" }), number(own, { friendlyName: "B" }), []],
  ])("%s", (_, before, after, expected) => {
    expect(follows(type, before, after)).toEqual(expected);
  });

  test("are told beside the property that differs, and not for another one", () => {
    const subject = { type: `twilio:${type}`, name: "x", before: flex, after: number(own) };
    const difference = { kind: "update" as const, before: 1, after: 2, replaces: false };
    const actions = (path: string) =>
      meaningOf({ ...subject, differences: [{ ...difference, path }] }, new Surroundings([])).map(
        ({ action }) => action,
      );
    expect(actions("smsUrl")).toEqual(["change", "consequence"]);
    expect(actions("friendlyName")).toEqual(["change"]);
  });

  test.each<[string, Properties, string[]]>([
    ["a handler", number(own), [bought, `new, texts to it go to ${own}; Flex has no part in them`]],
    ["Flex", flex, [bought, "new, texts to it go to Flex, through the Proxy service Flex Proxy"]],
    ["whom others say", { phoneNumber }, [bought]],
    [
      "whom others say, in an area",
      { areaCode: "415", phoneNumber: unknown },
      ["! buys a number in the area 415, which costs money every month until it is given back"],
    ],
    [
      "whom others say, with a look at who calls",
      { phoneNumber, voiceCallerIdLookup: true },
      [bought, "! the name of every caller is looked up, which costs money each time"],
    ],
  ])("of a number that is bought go to %s", (_, after, expected) => {
    expect(follows(type, undefined, after)).toEqual(expected);
  });

  test.each<[string, Properties, string[]]>([
    [
      "a handler",
      number(own),
      [`! ${phoneNumber} is given back to Twilio, and may never be had again; its texts went to ${own}`],
    ],
    ["nobody", { areaCode: "415" }, ["! x is given back to Twilio, and may never be had again"]],
  ])("of a number that is given back went to %s", (_, before, expected) => {
    expect(follows(type, before, undefined)).toEqual(expected);
  });

  const replaced = (fields: Partial<Subject> = {}) =>
    meaningOf(
      {
        ...{ type: `twilio:${type}`, name: "x", before: { phoneNumber: "+1" }, after: { phoneNumber: "+2" } },
        differences: [{ path: "phoneNumber", kind: "update", before: "+1", after: "+2", replaces: true }],
        ...fields,
      },
      new Surroundings([]),
    ).map(({ danger, text }) => `${danger ? "! " : ""}${phraseText(text)}`);

  test("another number in place of one is a loss and a purchase, unless both are the account's", () => {
    const change = '! phoneNumber: "+1" → "+2"';
    expect(replaced()).toEqual([
      change,
      "! +1 is given back to Twilio, and may never be had again",
      "! buys +2, which costs money every month until it is given back",
    ]);
    expect(replaced({ stays: true, found: true })).toEqual([change]);
  });

  test.each([
    [{ voiceCallerIdLookup: false }, true, 1],
    [{ voiceCallerIdLookup: true }, false, 0],
  ])("looking up callers is told when it begins: from %j to %s", (before, voiceCallerIdLookup, count) => {
    const costs = follows(type, { phoneNumber, ...before }, { phoneNumber, voiceCallerIdLookup });
    expect(costs.filter((text) => text.includes("costs money"))).toHaveLength(count);
  });
});
