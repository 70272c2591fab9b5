import { describe, expect, test } from "@jest/globals";
import type { Properties } from "../../changes/subject.ts";
import type { KnownResource } from "../known-resource.ts";
import {
  flowSid,
  follows,
  known,
  otherFlowSid,
  proxySid,
  proxyUrl,
  unknown,
  workflowSid,
} from "./told.fixture.ts";

const type = "flex:FlexFlow";
const phoneNumber = "+14155550142";
const texts = `texts to ${phoneNumber}`;
const studio = { integrationType: "studio", integration: { flowSid } };
const task = { integrationType: "task", integration: { workflowSid, flowSid } };
const external = { integrationType: "external", integration: { url: "https://u:pw@bot.example.com/in" } };
const flow = (more: Properties = {}): Properties => ({
  channelType: "sms",
  contactIdentity: phoneNumber,
  enabled: true,
  ...studio,
  ...more,
});
const everyNumber = { contactIdentity: undefined };
const lost = `! ${texts} no longer start a conversation in Flex`;

describe("a Flex Flow that is new", () => {
  const takes = `new, takes sms messages to ${phoneNumber} to`;
  test.each<[Properties, string[]]>([
    [studio, [`${takes} the Studio flow Messaging`]],
    [task, [`${takes} a task of the workflow Inbound`]],
    [external, [`${takes} https://u:[secret]@bot.example.com/in`]],
    [{ enabled: false }, [`${takes} the Studio flow Messaging, once it is enabled`]],
    [{ integration: { flowSid: unknown } }, []],
    [{ integration: undefined }, []],
  ])("with %j", (more, expected) => {
    expect(follows(type, undefined, flow(more))).toEqual(expected);
  });
});

describe("a Flex Flow", () => {
  test.each<[string, Properties, Properties | undefined, string[]]>([
    ["is deleted", flow(), undefined, [lost]],
    ["is disabled", flow(), flow({ enabled: false }), [lost]],
    ["is deleted when it was disabled", flow({ enabled: false }), undefined, []],
    [
      "is enabled",
      flow({ enabled: false }),
      flow(),
      [`${texts} now start a conversation in Flex, with the Studio flow Messaging`],
    ],
    [
      "of all numbers is deleted",
      flow(everyNumber),
      undefined,
      ["! texts to addresses without a Flex Flow no longer start a conversation in Flex"],
    ],
    [
      "of another channel is deleted",
      flow({ channelType: "whatsapp", contactIdentity: "whatsapp:+1" }),
      undefined,
      ["! whatsapp messages to whatsapp:+1 no longer start a conversation in Flex"],
    ],
    [
      "gets another number",
      flow(),
      flow({ contactIdentity: "+12065550187" }),
      [lost, "texts to +12065550187 now start a conversation in Flex, with the Studio flow Messaging"],
    ],
    ["gets a number that is not known yet", flow(), flow({ contactIdentity: unknown }), []],
    [
      "goes to another Studio flow",
      flow(),
      flow({ integration: { flowSid: otherFlowSid } }),
      [`${texts} now go to the Studio flow Night; before, to the Studio flow Messaging`],
    ],
    [
      "goes to a task",
      flow(external),
      flow(task),
      [`${texts} now go to a task of the workflow Inbound; before, to https://u:[secret]@bot.example.com/in`],
    ],
    ["is retried less", flow(), flow({ integration: { flowSid, retryCount: 1 } }), []],
    ["goes to what is not known", flow(), flow({ integration: { flowSid: unknown } }), []],
    ["has another name", flow({ friendlyName: "A" }), flow({ friendlyName: "B" }), []],
  ])("%s", (_, before, after, expected) => {
    expect(follows(type, before, after)).toEqual(expected);
  });

  const other = (more: Properties, fate?: KnownResource["fate"]) =>
    known(type, "other", "FO2", flow({ friendlyName: "Other", ...more }), fate);
  const number = (smsUrl: string, fate?: KnownResource["fate"]) =>
    known("api:IncomingPhoneNumber", "number", "PN1", { phoneNumber, smsUrl }, fate);
  const taken = [`${texts} are taken by the Flex Flow Other`];
  const own = "https://handler.example.com/sms";

  test.each<[string, KnownResource[], string[]]>([
    ["another for the number", [other({})], taken],
    ["another for all numbers", [other(everyNumber)], taken],
    [
      "one for all numbers and one for it",
      [other({ ...everyNumber, friendlyName: "All" }), other({})],
      taken,
    ],
    ["another that is off", [other({ enabled: false })], [lost]],
    ["another of another channel", [other({ channelType: "whatsapp" })], [lost]],
    ["another that goes too", [other({}, "gone")], [lost]],
    ["the number in Flex's hands", [number(proxyUrl(proxySid))], [lost]],
    [
      "the number in other hands",
      [number(own)],
      [`${texts} no longer start a conversation in Flex: they go to ${own}`],
    ],
    ["the number gone", [number(own, "gone")], [lost]],
  ])("is deleted beside %s", (_, stack, expected) => {
    expect(follows(type, flow(), undefined, stack)).toEqual(expected);
  });

  const start = `${texts} now start a conversation in Flex, with the Studio flow Messaging`;
  test.each<[string, KnownResource[], string]>([
    ["Flex's hands", [number(proxyUrl(proxySid))], start],
    ["other hands", [number(own)], `${start}, once the number leads to Proxy: now it leads to ${own}`],
    ["nobody's hands", [number("")], `${start}, once the number leads to Proxy: now it leads nowhere`],
    ["hands that the stack does not know", [], start],
  ])("is enabled while the number is in %s", (_, stack, expected) => {
    expect(follows(type, flow({ enabled: false }), flow(), stack)).toEqual([expected]);
  });

  test("that is disabled is not its own heir", () => {
    const itself = known(type, "x", "FO1", flow());
    expect(follows(type, flow(), flow({ enabled: false }), [itself])).toEqual([lost]);
  });
});
