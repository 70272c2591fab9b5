import { describe, expect, test } from "@jest/globals";
import type { Properties } from "../../changes/subject.ts";
import { follows, unknown } from "./told.fixture.ts";

const closed = (span: string) =>
  `a conversation is closed ${span} after its last message, and what the customer writes after that opens a new one`;
const open =
  "! no timer of the stack closes conversations: one that has lost its task keeps the customer, whose messages reach nobody until somebody closes it";

describe("timers of conversations", () => {
  test.each<[string, Properties | undefined, Properties | undefined, string[]]>([
    ["are set", undefined, { defaultClosedTimer: "P1DT1H" }, [closed("1 day 1 hour")]],
    [
      "are both set",
      {},
      { defaultInactiveTimer: "PT90M", defaultClosedTimer: "PT24H" },
      [
        "a conversation is inactive 90 minutes after its last message, until something is written in it",
        closed("24 hours"),
      ],
    ],
    ["close later", { defaultClosedTimer: "PT24H" }, { defaultClosedTimer: "P1W" }, [closed("1 week")]],
    ["close no more", { defaultClosedTimer: "PT24H" }, { defaultClosedTimer: "" }, [open]],
    ["are left out", { defaultClosedTimer: "PT24H" }, {}, [open]],
    [
      "are as long, in other words",
      { defaultInactiveTimer: "PT8H", defaultClosedTimer: "P1W" },
      { defaultInactiveTimer: "PT480M", defaultClosedTimer: "PT168H" },
      [],
    ],
    ["make nothing inactive", { defaultInactiveTimer: "PT1H" }, {}, []],
    ["close when nobody knows", {}, { defaultClosedTimer: unknown }, []],
    ["are no durations", {}, { defaultClosedTimer: "P" }, [closed("P")]],
    ["are given up with the stack", { defaultClosedTimer: "PT24H" }, undefined, []],
    ["stay", { defaultMessagingServiceSid: "MG1" }, { defaultMessagingServiceSid: "MG2" }, []],
  ])("%s", (_, before, after, expected) => {
    expect(follows("conversations:Configuration", before, after)).toEqual(expected);
  });
});

const [one, two] = ["https://one.example.com/", "https://u:pw@two.example.com/"] as const;
const filters = ["onMessageAdd", "onMessageAdded"];
const told = "told what happened in conversations";
const asked = "asked before something happens in a conversation";
const refusing = "is asked before a conversation opens: where it refuses, the customer's message is lost";

describe.each(["ConfigurationWebhooks", "ServiceWebhooks"])("%s of conversations", (kind) => {
  test.each<[string, Properties | undefined, Properties | undefined, string[]]>([
    ["tell somebody", undefined, { postWebhookUrl: one, filters }, [`${one} is now ${told}`]],
    [
      "tell another, without credentials",
      { postWebhookUrl: one, filters },
      { postWebhookUrl: two, filters },
      [`https://u:[secret]@two.example.com/ is now ${told}; before, ${one} was`],
    ],
    ["tell nobody", { postWebhookUrl: one, filters }, { filters }, [`! ${one} is no longer ${told}`]],
    [
      "tell of nothing",
      { postWebhookUrl: one, filters },
      { postWebhookUrl: one, filters: [] },
      [`! ${one} is no longer ${told}`],
    ],
    ["tell nobody knows whom", {}, { postWebhookUrl: unknown, filters }, []],
    ["ask somebody", {}, { preWebhookUrl: one, filters }, [`${one} is now ${asked}`]],
    [
      "ask of new conversations",
      { preWebhookUrl: one, filters },
      { preWebhookUrl: one, filters: ["onConversationAdd", ...filters] },
      [`! ${one} ${refusing}`],
    ],
    [
      "ask another of new conversations",
      undefined,
      { preWebhookUrl: two, filters: ["onConversationAdd"] },
      [
        `https://u:[secret]@two.example.com/ is now ${asked}`,
        `! https://u:[secret]@two.example.com/ ${refusing}`,
      ],
    ],
    [
      "ask of new conversations no more",
      { preWebhookUrl: one, filters: ["onConversationAdd", ...filters] },
      { preWebhookUrl: one, filters },
      [],
    ],
    ["are given up with the stack", { postWebhookUrl: one, filters }, undefined, []],
  ])("%s", (_, before, after, expected) => {
    expect(follows(`conversations:${kind}`, before, after)).toEqual(expected);
  });
});

test("the account's webhooks call no URL where Flex is told", () => {
  const before = { postWebhookUrl: one, filters, target: "webhook" };
  expect(follows("conversations:ConfigurationWebhooks", before, { ...before, target: "flex" })).toEqual([
    `! ${one} is no longer ${told}`,
  ]);
});

test("a service goes with its conversations", () => {
  expect(follows("conversations:Service", { friendlyName: "Flex Service" }, undefined)).toEqual([
    "! every conversation in it is lost, with its messages",
  ]);
});
