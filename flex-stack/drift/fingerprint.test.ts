import { expect, test } from "@jest/globals";
import { fingerprint } from "./fingerprint.ts";

const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

test.each<[string, unknown, unknown, boolean]>([
  ["the same", "a", "a", true],
  ["another value", "a", "b", false],
  ["a text and a number", "1", 1, false],
  ["nothing and nothing", undefined, null, true],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, true],
  ["JSON written otherwise", '{"a": [1,2]}', '{ "a":[1, 2] }', true],
  ["JSON and what it means", '{"a":1}', { a: 1 }, true],
  ["a set in another order", ["a", "b"], ["b", "a"], true],
  ["steps in another order", [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }], false],
  ["secrets, of which nothing may be told", secret("a"), secret("b"), true],
])("%s", (_case, one, other, same) => {
  expect(fingerprint("changed", one) === fingerprint("changed", other)).toBe(same);
});

test("stays the same from version to version: issues and baselines hold it", () => {
  expect(fingerprint("changed", "urn", "WS1/WQ1", "maxReservedWorkers", 7)).toBe("395edca27c408ba9");
});
