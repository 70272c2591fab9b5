import { expect, test } from "@jest/globals";
import { milliseconds } from "./duration.ts";

test.each<[string, number | undefined]>([
  ["PT1M", 60_000],
  ["PT60M", 3_600_000],
  ["PT1H", 3_600_000],
  ["P1D", 86_400_000],
  ["P1DT2H3M4.5S", 93_784_500],
  ["P2W", 1_209_600_000],
  // What is stored is whole milliseconds.
  ["PT600.12345S", 600_123],
  ["", undefined],
  ["P", undefined],
  ["PT", undefined],
  ["P1DT", undefined],
  ["1h", undefined],
  ["PT-1M", undefined],
  // A month and a year have no length.
  ["P1M", undefined],
  ["P1Y", undefined],
])("%j is %p milliseconds", (duration, expected) => {
  expect(milliseconds(duration)).toBe(expected);
});
