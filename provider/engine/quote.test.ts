import { expect, test } from "@jest/globals";
import { checkLeaf } from "./checkLeaf.ts";
import { text, url } from "./field.ts";
import { quote } from "./quote.ts";

test.each([
  ["text", '"text"'],
  [5, "5"],
  [{ password: "hunter2", n: 1 }, '{"password":"…","n":"…"}'],
  [["https://u:hunter2@x.example/a"], '["https://[secret]@x.example/a"]'],
  ["https://hooks.slack.com/services/T0/hunter2", '"https://hooks.slack.com/services/[secret]"'],
  ["ftp://u:hunter2@x.example/a?b=hunter2#c", '"ftp://[secret]@x.example/a?…#c"'],
])("%j is quoted as %s", (value, quoted) => expect(quote(value)).toBe(quoted));

test("no credential is in what is said of a URL that is none", () => {
  const [failure] = checkLeaf(url("Where."), { password: "hunter2" }, ["smsUrl"]);
  expect(failure?.reason).toBe(
    'must be an absolute URL that begins with https:// or http://, got {"password":"…"}',
  );
});

test.each([
  ["\u0000", "U+0000"],
  ["a\u001b[31m", "U+001B"],
  ["\u0085", "U+0085"],
])("control characters are refused: %j", (value, code) => {
  expect(checkLeaf(text("Name."), value, ["friendlyName"])).toEqual([
    { path: ["friendlyName"], reason: `must not hold control characters, got ${code}; take it out` },
  ]);
});

test("lines may be several", () => expect(checkLeaf(text("Body."), "a\n\tb\r\n", ["body"])).toEqual([]));
