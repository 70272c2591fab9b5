import { expect, test } from "@jest/globals";

import { health } from "../testing/fakeServer.ts";
import { isLoopback, recognize } from "./localTwilio.ts";

const at = "/_emulator/health";
const said = (body: object, status = 200) => ({ status, body: JSON.stringify(body) });

test.each([
  ["a local Twilio", said(health), { kind: "local", identity: health.identity }],
  ["one with more to say", said({ ...health, more: 1 }), { kind: "local", identity: health.identity }],
  [
    "one from before it had an identity",
    said({ status: "ok", hosts: ["api"] }),
    { kind: "incompatible", what: "is of an older version, which does not say which one it is" },
  ],
  [
    "a newer one",
    said({ ...health, version: 2 }),
    { kind: "incompatible", what: "is of a newer version (2)" },
  ],
  [
    "one without a version",
    said({ ...health, version: undefined }),
    { kind: "incompatible", what: "is of another version (undefined)" },
  ],
  [
    "a server that answers 200 to everything",
    { status: 200, body: "<html>Hello</html>" },
    { kind: "stranger", what: `it does not say at ${at} that it is one` },
  ],
  [
    "a server that is well",
    said({ status: "ok" }),
    { kind: "stranger", what: `it does not say at ${at} that it is one` },
  ],
  [
    "null",
    { status: 200, body: "null" },
    { kind: "stranger", what: `it does not say at ${at} that it is one` },
  ],
  [
    "an identity that is none",
    said({ ...health, identity: "x" }),
    { kind: "stranger", what: `it does not say at ${at} which one it is` },
  ],
  ["a refusal", said(health, 404), { kind: "stranger", what: `it answers 404 to GET ${at}` }],
  ["a redirection", said(health, 302), { kind: "stranger", what: `it answers 302 to GET ${at}` }],
])("%s is told for what it is", (_name, answer, found) => {
  expect(recognize(answer)).toEqual(found);
});

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["[::1]", true],
  ["::1", true],
  ["127.0.0.1.example.com", false],
  ["10.0.0.1", false],
  ["example.com", false],
])("%s is this machine: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
