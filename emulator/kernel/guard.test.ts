import { expect, test } from "@jest/globals";
import { type GuardedHeaders, isOwnHost, refusalOf } from "./guard.ts";

const host = "127.0.0.1:4100";
const browser = { "user-agent": "Mozilla/5.0", "accept-language": "en" };

test.each<[string, GuardedHeaders]>([
  ["a program", { host }],
  ["a program that knows it by another name", { host: "twilio.example.com:4100", "user-agent": "curl/8" }],
  ["a program that asks for a Twilio host", { host: "taskrouter.twilio.com" }],
  [
    "Node's fetch by another name",
    { host: "twilio.example.com", "accept-language": "*", "sec-fetch-mode": "cors" },
  ],
  ["its own page", { ...browser, host, origin: `http://${host}`, "sec-fetch-site": "same-origin" }],
  [
    "its own page by name",
    { ...browser, host: "localhost:4100", origin: "http://localhost:4100", "sec-fetch-site": "same-origin" },
  ],
  ["its own page at an IPv6 address", { ...browser, host: "[::1]:4100", origin: "http://[::1]:4100" }],
  ["its own page behind what ends TLS", { ...browser, host: "localhost", origin: "https://localhost" }],
  ["an address that somebody typed", { ...browser, host, "sec-fetch-site": "none" }],
  ["a name that was allowed", { ...browser, host: "twilio.example.com", "sec-fetch-site": "same-origin" }],
])("lets through %s", (_who, headers) => {
  expect(refusalOf(headers, ["twilio.example.com"])).toBeUndefined();
});

test.each<[string, GuardedHeaders]>([
  ["a page of another site", { ...browser, host, origin: "https://evil.example" }],
  ["a page of another port", { ...browser, host, origin: "http://127.0.0.1:3000" }],
  ["a page by another name of this machine", { ...browser, host, origin: "http://localhost:4100" }],
  ["a page without an origin, such as a file", { ...browser, host, origin: "null" }],
  ["an address of another kind as origin", { ...browser, host, origin: `ftp://${host}` }],
  ["a picture in another page", { ...browser, host, "sec-fetch-site": "cross-site" }],
  ["a picture in a page of another port", { ...browser, host, "sec-fetch-site": "same-site" }],
  ["a name that was made to lead here", { ...browser, host: "evil.example:4100" }],
  ["… that sends its own origin", { host: "evil.example:4100", origin: "http://evil.example:4100" }],
  [
    "… that calls itself a program",
    { host: "evil.example:4100", "user-agent": "curl/8", "accept-language": "*" },
  ],
  ["… that names an address in it", { ...browser, host: "127.0.0.1.evil.example:4100" }],
  ["… with a user before it", { ...browser, host: "127.0.0.1@evil.example" }],
  ["… with nothing", { ...browser, host: "" }],
  ["… whose page said where it is", { host: "evil.example", referer: "http://evil.example/" }],
  ["… that looks like Twilio's", { ...browser, host: "taskrouter.twilio.com" }],
])("refuses %s", (_who, headers) => {
  expect(refusalOf(headers)).toMatchObject({ status: 403, code: 20403 });
});

test("says what is to be done", () => {
  expect(refusalOf({ ...browser, host: "twilio.example.com" })?.message).toBe(
    'The local Twilio refuses this request: a browser asked "twilio.example.com" for it, which is no name of this ' +
      "machine's. Open the address that the local Twilio printed, or name this host when you start it (--allow-host).",
  );
});

test.each<[string, boolean]>([
  ["127.0.0.1:4100", true],
  ["192.168.1.5:4100", true],
  ["[::1]:4100", true],
  ["LOCALHOST", true],
  ["page.localhost:4100", true],
  ["localhost.", true],
  ["localhost.evil.example", false],
  ["evil.example", false],
  ["127.0.0.1:4100:80", false],
])("%s is a name of this machine's: %s", (name, isOwn) => {
  expect(isOwnHost(name)).toBe(isOwn);
});
