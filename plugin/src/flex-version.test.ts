import { expect, test } from "@jest/globals";
import { isAtLeast } from "./flex-version.ts";

test.each<[string, [number, number], boolean]>([
  ["1.9.0", [1, 9], true],
  ["1.9.0-rc.1", [1, 9], true],
  ["1.34.6", [1, 9], true],
  ["2.0.0", [1, 9], true],
  ["1.8.2", [1, 9], false],
  ["0.34.0", [1, 9], false],
  ["1.9.2", [1, 12], false],
  ["1", [1, 9], false],
  ["", [1, 9], false],
  ["next", [1, 9], false],
])("%j is at least %j: %j", (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected);
});
