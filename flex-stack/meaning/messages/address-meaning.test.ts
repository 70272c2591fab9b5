import { describe, expect, test } from "@jest/globals";
import type { Properties } from "../../changes/subject.ts";
import type { KnownResource } from "../known-resource.ts";
import {
  conversation,
  follows,
  known,
  opening,
  otherFlowSid,
  proxySid,
  proxyUrl,
  serviceSid,
  unknown,
} from "./told.fixture.ts";

const type = "conversations:Address";
const phoneNumber = "+14155550142";
const texts = `texts to ${phoneNumber}`;
const address = (change: Properties = {}, more: Properties = {}) => ({
  ...opening(phoneNumber, change),
  ...more,
});
const off = address({ enabled: false });
const number = (smsUrl: string, fate?: KnownResource["fate"]) =>
  known("api:IncomingPhoneNumber", "number", "PN1", { phoneNumber, smsUrl }, fate);
const own = "https://handler.example.com/sms";
const flex = "Flex, through the Proxy service Flex Proxy";
const webhook = (webhookMethod?: string) =>
  address({
    type: "webhook",
    studioFlowSid: undefined,
    webhookUrl: "https://u:pw@bot.example.com/in",
    webhookMethod,
  });
const hidden = "https://u:[secret]@bot.example.com/in";

describe("an Address that is new", () => {
  const open = `new, ${texts} open a conversation in Flex Service`;
  test.each<[string, Properties, KnownResource[], string[]]>([
    ["with a Studio flow", address(), [number("")], [`new, ${texts} open ${conversation}`]],
    ["with a handler", webhook(), [], [`${open}, which is posted to ${hidden}`]],
    ["with a handler that is asked", webhook("GET"), [], [`${open}, which is told to ${hidden}`]],
    ["with nothing", address({ type: "default" }), [], [`${open}, which no flow or handler hears of`]],
    [
      "with what Twilio gives it",
      { type: "SMS", address: phoneNumber },
      [],
      [`new, ${texts} open a conversation, which no flow or handler hears of`],
    ],
    ["that is off", off, [], [`new, ${texts} open ${conversation}, once it is enabled`]],
    [
      "of another channel",
      address({}, { type: "whatsapp", address: "whatsapp:+1" }),
      [],
      [`new, whatsapp messages to whatsapp:+1 open ${conversation}`],
    ],
    [
      "of the account's default service",
      address({ conversationServiceSid: undefined }),
      [known("conversations:Configuration", "c", "AC1", { defaultChatServiceSid: serviceSid })],
      [`new, ${texts} open ${conversation}`],
    ],
    [
      "of a service of another stack",
      address({ conversationServiceSid: "IS9" }),
      [],
      [`new, ${texts} open a conversation in IS9, which goes through the Studio flow Messaging`],
    ],
    [
      "whose number has a handler",
      address(),
      [number(own)],
      [`new, ${texts} open ${conversation}`, `! ${texts} also go to ${own}: customers get two answers`],
    ],
    [
      "whose number is Flex's",
      address(),
      [number(proxyUrl(proxySid))],
      [`new, ${texts} open ${conversation}`, `! ${texts} also go to ${flex}: customers get two answers`],
    ],
    ["with a flow that is not known yet", address({ studioFlowSid: unknown }), [], []],
    ["of a number that is not known yet", address({}, { address: unknown }), [], []],
  ])("%s", (_, after, stack, expected) => {
    expect(follows(type, undefined, after, stack)).toEqual(expected);
  });
});

describe("an Address", () => {
  const lost = `! ${texts} no longer open a conversation`;
  const nobody = `${lost}, and nobody else handles them`;
  const kept = (to: string) => [`${texts} no longer open a conversation: they go to ${to}`];
  test.each<[string, Properties, Properties | undefined, KnownResource[], string[]]>([
    ["is deleted", address(), undefined, [], [lost]],
    ["is deleted, and its number has no URL", address(), undefined, [number("")], [nobody]],
    ["is disabled, and its number has no URL", address(), off, [number("")], [nobody]],
    ["is disabled, and Flex has its number", address(), off, [number(proxyUrl(proxySid))], kept(flex)],
    ["is disabled, and a handler has its number", address(), off, [number(own)], kept(own)],
    ["is disabled, and its number goes", address(), off, [number(own, "gone")], [lost]],
    ["is deleted when it was off", off, undefined, [number("")], []],
    [
      "of WhatsApp is deleted",
      address({}, { type: "whatsapp" }),
      undefined,
      [number(own)],
      [`! whatsapp messages to ${phoneNumber} no longer open a conversation`],
    ],
    ["is enabled", off, address(), [number("")], [`${texts} now open ${conversation}`]],
    [
      "is enabled, and a handler has its number",
      off,
      address(),
      [number(own)],
      [`${texts} now open ${conversation}`, `! ${texts} also go to ${own}: customers get two answers`],
    ],
    [
      "is enabled, with what nobody knows",
      off,
      address({ studioFlowSid: unknown }),
      [],
      [`${texts} now open a conversation`],
    ],
    ["may be disabled", address(), address({ enabled: unknown }), [], []],
    ["is said to be on, as it was", address({ enabled: undefined }), address(), [], []],
    [
      "goes through another flow",
      address(),
      address({ studioFlowSid: otherFlowSid }),
      [],
      [
        `${texts} now open a conversation in Flex Service, which goes through the Studio flow Night; before, ${conversation}`,
      ],
    ],
    [
      "goes to a handler",
      address(),
      webhook("POST"),
      [],
      [
        `${texts} now open a conversation in Flex Service, which is posted to ${hidden}; before, ${conversation}`,
      ],
    ],
    [
      "opens in another service",
      address({ conversationServiceSid: "IS9" }),
      address(),
      [],
      [
        `${texts} now open ${conversation}; before, a conversation in IS9, which goes through the Studio flow Messaging`,
      ],
    ],
    ["goes where nobody knows", address(), address({ studioFlowSid: unknown }), [], []],
    ["is tried again", address(), address({ studioRetryCount: 2 }), [], []],
    [
      "is of another number",
      address(),
      opening("+12065550187"),
      [],
      [lost, `texts to +12065550187 now open ${conversation}`],
    ],
    [
      "is deleted under one name in the program",
      address(),
      undefined,
      [known(type, "other", "IG2", address({}, { friendlyName: "Front" }))],
      [`${texts} are taken by the Address Front`],
    ],
    ["is disabled, and is not its own heir", address(), off, [known(type, "x", "IG1", address())], [lost]],
  ])("%s", (_, before, after, stack, expected) => {
    expect(follows(type, before, after, stack)).toEqual(expected);
  });
});

describe("beside an Address", () => {
  const opens = known(type, "address", "IG1", address());
  const is = (change: Properties = {}, fate?: KnownResource["fate"]) => [
    known(type, "address", "IG1", address(change), fate),
  ];
  const flow = { channelType: "sms", contactIdentity: phoneNumber, enabled: true };

  test.each<[string, KnownResource[], string[]]>([
    ["that is on", is(), [`${texts} go to no Flex Flow any more: they open ${conversation}`]],
    [
      "of which not all is known",
      is({ studioFlowSid: unknown }),
      [`${texts} go to no Flex Flow any more: they open a conversation by the Address ${phoneNumber}`],
    ],
    ["that is off", is({ enabled: false }), [`! ${texts} no longer start a conversation in Flex`]],
    ["that goes", is({}, "gone"), [`! ${texts} no longer start a conversation in Flex`]],
  ])("%s a Flex Flow goes", (_, stack, expected) => {
    expect(follows("flex:FlexFlow", flow, undefined, stack)).toEqual(expected);
    expect(follows("flex:FlexFlow", flow, { ...flow, enabled: false }, stack)).toEqual(expected);
  });

  const numbered = (smsUrl: unknown) => ({ phoneNumber, smsUrl });
  test.each<[string, Properties, Properties, KnownResource[], string[]]>([
    [
      "leaves Flex",
      numbered(proxyUrl(proxySid)),
      numbered(""),
      [opens],
      [`${texts} no longer go to ${flex}: they open ${conversation}`],
    ],
    [
      "leaves a handler",
      numbered(own),
      numbered(""),
      [opens],
      [`${texts} no longer go to ${own}: they open ${conversation}`],
    ],
    ["leaves what nobody knows", numbered(unknown), numbered(""), [opens], [`${texts} open ${conversation}`]],
    [
      "gets a handler as well",
      numbered(""),
      numbered(own),
      [opens],
      [`! ${texts} now go to ${own}, and open ${conversation}: customers get two answers`],
    ],
    [
      "has nobody, as the Address is off",
      numbered(own),
      numbered(""),
      is({ enabled: false }),
      [`! nobody handles ${texts}`],
    ],
    [
      "has nobody, as the Address goes",
      numbered(own),
      numbered(""),
      is({}, "gone"),
      [`! nobody handles ${texts}`],
    ],
    [
      "goes back to Flex",
      numbered(""),
      numbered(proxyUrl(proxySid)),
      is({ enabled: false }),
      [`${texts} now go to ${flex}`],
    ],
  ])("a number %s", (_, before, after, stack, expected) => {
    expect(follows("api:IncomingPhoneNumber", before, after, stack)).toEqual(expected);
  });

  const bought = `! buys ${phoneNumber}, which costs money every month until it is given back`;
  test("a number is bought", () => {
    const buy = (smsUrl: string) => follows("api:IncomingPhoneNumber", undefined, numbered(smsUrl), [opens]);
    expect(buy("")).toEqual([bought, `new, texts to it open ${conversation}`]);
    expect(buy(own)).toEqual([
      bought,
      `! new, texts to it go to ${own}, and open ${conversation}: customers get two answers`,
    ]);
  });

  test("a number is given back", () => {
    expect(follows("api:IncomingPhoneNumber", numbered(""), undefined, is({}, "gone"))).toEqual([
      `! ${phoneNumber} is given back to Twilio, and may never be had again; its texts opened ${conversation}`,
    ]);
  });

  const place = { serviceSid: proxySid, phoneNumber };
  test("a number leaves a pool that it no longer needs", () => {
    expect(follows("proxy:PhoneNumber", place, undefined, [opens, number("")])).toEqual([
      `${texts} open ${conversation}; Proxy has no part in them`,
    ]);
  });

  test.each([[[opens]], [[opens, number(proxyUrl(proxySid))]], [[opens, number("", "gone")]]])(
    "a number leaves a pool that sets its URL",
    (stack) => {
      expect(follows("proxy:PhoneNumber", place, undefined, stack)).toEqual([
        `! ${texts} no longer go to the Proxy service Flex Proxy: Twilio points the number at a demo page, which answers beside the conversations that they open`,
      ]);
    },
  );
});
