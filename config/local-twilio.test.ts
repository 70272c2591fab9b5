import { expect, test } from "@jest/globals";
import { localTwilio } from "./local-twilio.ts";

test.each([
  [undefined, undefined],
  ["", undefined],
  ["no address", undefined],
  ["https://twilio-proxy.example.com", undefined],
  ["http://127.0.0.1.example.com:4100", undefined],
  ["http://127.0.0.1:4100/", "http://127.0.0.1:4100"],
  ["http://LOCALHOST:4100", "http://localhost:4100"],
  ["https://[::1]:4443", "https://[::1]:4443"],
])("%j is at %j", (endpoint, local) => {
  expect(localTwilio(endpoint ?? "")).toBe(local);
});
