import { describe, expect, test } from "@jest/globals";
import { publicValue, valueText } from "../values/property-value.ts";

// Values of resources, in whatever shape, as texts and documents show them.

const secret = "S3cretS3cretS3cret";
const values: readonly [key: string, value: unknown][] = [
  ["smsUrl", `https://user:${secret}@x.example/a`],
  ["smsUrl", `http://x.example/?token=${secret}`],
  ["smsUrl", `https://hooks.slack.com/services/T0/B0/${secret}`],
  ["smsUrl", `https://${secret}12@x.example/a`],
  ["definition", { states: [{ properties: { url: `https://api.telegram.org/bot1:${secret}/a` } }] }],
  ["attributes", { password: secret }],
  ["attributes", { password: { inner: secret } }],
  ["attributes", { a: [{ apiKey: [secret] }] }],
  ["authToken", [secret]],
  ["definition", { states: [{ properties: { url: `https://user:${secret}@x.example/a` } }] }],
  ["definition", JSON.stringify({ states: [{ token: { x: secret } }] })],
  ["headers", { authorization: `Bearer ${secret}` }],
];

describe.each(values)("%s = %j", (key, value) => {
  test("shows no credential in a line of text", () => {
    expect(valueText(value, 1000, key)).not.toContain(secret);
  });
  test("shows none in a document", () => {
    expect(JSON.stringify(publicValue(value, key))).not.toContain(secret);
  });
});

test("what is no secret stays", () => {
  expect(publicValue({ tokens: 5, enabled: true, token: null }, "x")).toEqual({
    tokens: 5,
    enabled: true,
    token: null,
  });
});
