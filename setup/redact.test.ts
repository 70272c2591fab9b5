import { expect, test } from "@jest/globals";
import { redact } from "./redact.mjs";

test.each([
  ["https://ann:pass@registry/x", {}, "https://***@registry/x"],
  ["token is hunter2-long", { TWILIO_AUTH_TOKEN: "hunter2-long" }, "token is ***"],
  ["twice: secretx secretx", { npm_config__authToken: "secretx" }, "twice: *** ***"],
  ["key=abcdefgh", { TWILIO_API_KEY: "abcdefgh" }, "key=***"],
  ["phrase open-sesame", { PULUMI_CONFIG_PASSPHRASE: "open-sesame" }, "phrase ***"],
  ["a short value stays", { MY_SECRET: "short" }, "a short value stays"],
  ["a plain value stays", { EDITOR: "a plain value" }, "a plain value stays"],
])("%j with %j is shown as %j", (text, env, shown) => {
  expect(redact(text, env)).toBe(shown);
});
