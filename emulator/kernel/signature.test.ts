import { expect, test } from "@jest/globals";
import twilio from "twilio";
import { signature } from "./signature.ts";

test.each([
  ["no fields", "https://example.com/", {}],
  ["a port and a query", "http://127.0.0.1:4321/a?b=c", { A: "1", B: "" }],
  ["names in order of code units", "https://example.com/x", { b: "1", B: "2", a1: "3", A1: "4" }],
  ["several values of a name", "https://example.com/x", { Event: ["b", "a", "b"], Other: "1" }],
  ["other alphabets", "https://example.com/x", { Body: "Grüße 👋", Ключ: "значение" }],
])("the official SDK accepts it: %s", (_what, url, form) => {
  expect(twilio.validateRequest("token", signature("token", url, form), url, form)).toBe(true);
  expect(twilio.validateRequest("other", signature("token", url, form), url, form)).toBe(false);
});
