import { describe, expect, test } from "@jest/globals";
import { credentialIn, credentialInside, withoutCredentials } from "./credential.ts";

const account = `AC${"0".repeat(32)}`;

type Case = [key: string, text: string, what: string | undefined, shown: string];

describe("credentials", () => {
  test.each<Case>([
    ["url", "https://a.example.com/x?id=7", undefined, "https://a.example.com/x?id=7"],
    ["url", "https://u:pw@a.example.com/x", "a URL with a password", "https://u:[secret]@a.example.com/x"],
    ["url", "https://:p@w@a.example.com", "a URL with a password", "https://:[secret]@a.example.com"],
    ["url", "https://u@a.example.com/x:y@z", undefined, "https://u@a.example.com/x:y@z"],
    [
      "url",
      "see http://a.example.com/?a=1&api_key=abc#top and on",
      "a URL with a value for the parameter api_key",
      "see http://a.example.com/?a=1&api_key=[secret]#top and on",
    ],
    [
      "url",
      "https://a.example.com/?%74oken=abc",
      "a URL with a value for the parameter token",
      "https://a.example.com/?%74oken=[secret]",
    ],
    ["url", "https://a.example.com/?token={{flow.t}}", undefined, "https://a.example.com/?token={{flow.t}}"],
    ["url", "https://a.example.com/?token=", undefined, "https://a.example.com/?token="],
    [
      "url",
      `https://${account}:0123456789abcdef@api.twilio.com`,
      "a Twilio SID with its token or secret",
      `https://${account}:[secret]@api.twilio.com`,
    ],
    [
      "url",
      "https://hooks.slack.com/services/T0/B0/x1",
      "the address of a Slack webhook, which is a secret itself",
      "https://hooks.slack.com/services/[secret]",
    ],
    [
      "body",
      "post to https://0123456789abcdef0123@a.example.com/x",
      "a URL with a token as its user",
      "post to https://[secret]@a.example.com/x",
    ],
    [
      "url",
      "https://a.example.com/?hapikey=abc&subscription-key=abc",
      "a URL with a value for the parameter hapikey",
      "https://a.example.com/?hapikey=[secret]&subscription-key=[secret]",
    ],
    ["body", `${account}: no more than a SID`, undefined, `${account}: no more than a SID`],
    ["body", "Bearer abcdefghijklmnop", "an Authorization header", "Bearer [secret]"],
    ["body", "Basic {{flow.variables.code}}", undefined, "Basic {{flow.variables.code}}"],
    ["apiKey", "abc", "what its name calls a secret", "[secret]"],
    ["apiKey", "{{flow.variables.key}}", undefined, "{{flow.variables.key}}"],
    ["token", "", undefined, ""],
  ])("%s: %s", (key, text, what, shown) => {
    expect(credentialIn(key, text)).toBe(what);
    expect(withoutCredentials(key, text)).toBe(shown);
  });

  test.each<[unknown, string | undefined]>([
    [{ states: [{ url: "https://u:pw@a.example.com" }] }, "a URL with a password"],
    [{ secret: ["abc"] }, "what its name calls a secret"],
    [{ url: "https://a.example.com", count: 3, rest: null }, undefined],
  ])("inside %j", (value, what) => {
    expect(credentialInside("", value)).toBe(what);
  });
});
