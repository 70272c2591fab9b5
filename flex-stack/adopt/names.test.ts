import { describe, expect, test } from "@jest/globals";
import { configKey, sameOrKey, words } from "./names.ts";

describe("a key made of a name", () => {
  test.each([
    ["Billing", "billing"],
    ["Billing & invoices", "billingInvoices"],
    ["SMS", "sms"],
    ["Überlauf São Paulo", "uberlaufSaoPaulo"],
    ["2nd line", "queue2ndLine"],
    ["日本語", "queue"],
    ["", "queue"],
    ["${x}`; DROP", "xDrop"],
    ["__proto__", "proto"],
    ["x".repeat(99), "x".repeat(48)],
  ])("%j is %s", (name, key) => expect(configKey(name, "queue", new Set())).toBe(key));

  test("differs from others by more than case", () => {
    const taken = new Set<string>();
    const names = ["Billing", "billing!", "BILLING", "billing 2"];
    expect(names.map((name) => configKey(name, "queue", taken))).toEqual([
      "billing",
      "billing2",
      "billing3",
      "billing22",
    ]);
  });

  test("is the name itself where that can be one", () => {
    const taken = new Set<string>();
    const names = ["Offline", "offline", "Lunch & learn", "after-work"];
    expect(names.map((name) => sameOrKey(name, "activity", taken))).toEqual([
      "Offline",
      "offline2",
      "lunchLearn",
      "after-work",
    ]);
  });
});

test("words of a name", () =>
  expect(words("Flex Web-Channel Flöw 2")).toEqual(["flex", "web", "channel", "flow", "2"]));
