import { expect, test } from "@jest/globals";
import { differences, standingOf } from "./standing.ts";
import type { Cut, Stage } from "./stage.ts";
import type { Wiring } from "./world.ts";

const legacy: Wiring = {
  flexFlow: "on",
  address: "none",
  isPooled: true,
  smsUrl: "proxy",
  service: undefined,
};
const prepared: Wiring = { ...legacy, address: "off" };
const cut: Wiring = { flexFlow: "off", address: "on", isPooled: true, smsUrl: "empty", service: undefined };
const done: Wiring = { ...cut, flexFlow: "none", isPooled: false };
const pool: Wiring = { ...cut, smsUrl: "proxy", service: "MG1" };

test.each<[Stage, Cut, Wiring, readonly string[]]>([
  ["legacy", "enable-first", legacy, []],
  ["legacy", "enable-first", prepared, ["Its Address is off."]],
  ["prepared", "enable-first", prepared, []],
  ["prepared", "pool", legacy, []],
  ["prepared", "clear-first", legacy, ["There is no Address."]],
  ["cut", "enable-first", cut, []],
  [
    "cut",
    "enable-first",
    prepared,
    ["Its Flex Flow is on.", "Its Address is off.", "Its SmsUrl leads to Proxy."],
  ],
  ["cut", "enable-first", { ...cut, isPooled: false }, ["The number is not in the Proxy pool."]],
  ["cut", "pool", pool, []],
  ["cut", "pool", { ...pool, service: undefined }, ["The number is no sender of a Messaging Service."]],
  [
    "cut",
    "pool",
    { ...pool, service: "MG2" },
    ["The number is a sender of MG2, not of the configured Messaging Service."],
  ],
  ["done", "enable-first", done, []],
  ["done", "enable-first", { ...done, smsUrl: "other" }, ["Its SmsUrl, or an application, leads elsewhere."]],
  ["done", "enable-first", cut, ["Its Flex Flow is off.", "The number is in the Proxy pool."]],
  ["custom", "enable-first", done, []],
])("%s (%s)", (stage, by, found, expected) => {
  expect(differences(stage, by, found, "MG1")).toEqual(expected);
});

test.each<[Stage, boolean, number, string]>([
  ["legacy", true, 3, "legacy"],
  ["prepared", true, 3, "prepared"],
  ["prepared", false, 0, "cutting over"],
  ["cut", true, 1, "cutting over"],
  ["cut", true, 0, "on Conversations"],
  ["done", true, 0, "cleaned up"],
  ["done", false, 0, "cutting over"],
  ["custom", true, 0, "custom: not moved by this"],
])("%s, %s, with %i open chats, is %s", (stage, isDone, chats, expected) => {
  expect(standingOf(stage, isDone, chats)).toBe(expected);
});
