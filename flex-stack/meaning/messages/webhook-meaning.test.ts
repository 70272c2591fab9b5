import { describe, expect, test } from "@jest/globals";
import type { Properties } from "../../changes/subject.ts";
import { flowSid, follows, unknown } from "./told.fixture.ts";

const [one, two] = ["https://one.example.com/", "https://two.example.com/"] as const;
const webhookFilters = ["onMessageSend", "onMessageSent"];

describe("a chat service", () => {
  const told = "told what happened in conversations";
  const asked = "asked before something happens in a conversation";
  test.each<[string, Properties, Properties | undefined, string[]]>([
    ["tells nobody", { postWebhookUrl: one }, {}, [`! ${one} is no longer ${told}`]],
    ["tells somebody", {}, { postWebhookUrl: one }, [`${one} is now ${told}`]],
    [
      "tells another, without credentials",
      { postWebhookUrl: "https://u:pw@one.example.com/" },
      { postWebhookUrl: two },
      [`${two} is now ${told}; before, https://u:[secret]@one.example.com/ was`],
    ],
    [
      "tells of nothing",
      { postWebhookUrl: one },
      { postWebhookUrl: one, webhookFilters: [] },
      [`! ${one} is no longer ${told}`],
    ],
    [
      "tells of less",
      { postWebhookUrl: one },
      { postWebhookUrl: one, webhookFilters: ["onMessageSent"] },
      [],
    ],
    ["tells nobody knows whom", { postWebhookUrl: one }, { postWebhookUrl: unknown }, []],
    ["asks nobody", { preWebhookUrl: one }, {}, [`${one} is no longer ${asked}`]],
    [
      "asks another",
      { preWebhookUrl: one },
      { preWebhookUrl: two },
      [`${two} is now ${asked}; before, ${one} was`],
    ],
    ["has another name", { friendlyName: "A" }, { friendlyName: "B" }, []],
    ["is deleted", {}, undefined, ["! every conversation in it is lost, with its messages"]],
  ])("%s", (_, before, after, expected) => {
    const all = (some: Properties | undefined) => some && { webhookFilters, ...some };
    expect(follows("chat:Service", all(before), all(after))).toEqual(expected);
  });
});

describe("a channel's webhook", () => {
  const type = "chat:ChannelWebhook";
  test.each<[Properties, string]>([
    [
      { type: "webhook", configuration: { url: one, filters: webhookFilters } },
      `calls ${one} on onMessageSend, onMessageSent in the channel`,
    ],
    [
      { type: "trigger", configuration: { url: one, triggers: ["help", "stop"] } },
      `calls ${one} for messages with help, stop in the channel`,
    ],
    [
      { type: "studio", configuration: { flowSid } },
      "runs the Studio flow Messaging for each message in the channel",
    ],
  ])("%j", (properties, action) => {
    expect(follows(type, undefined, properties)).toEqual([`new, ${action}`]);
    expect(follows(type, properties, undefined)).toEqual([`! no longer ${action}`]);
  });

  test("is not told where it is not known", () => {
    expect(follows(type, undefined, { type: "studio", configuration: { flowSid: unknown } })).toEqual([]);
  });
});
