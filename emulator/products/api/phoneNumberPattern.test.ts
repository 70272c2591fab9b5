import { expect, test } from "@jest/globals";
import { phoneNumberPattern } from "./phoneNumberPattern.ts";

test.each([
  ["+13125550142", true],
  ["312555", true],
  ["(312) 555-0142", true],
  ["+1312*550142", true],
  ["312**5", true],
  ["312*****************", false],
  ["+312", false],
  ["9", false],
  ["", true],
  ["(a+)+$", false],
])("%s", (pattern, matches) => expect(phoneNumberPattern(pattern).test("+13125550142")).toBe(matches));
