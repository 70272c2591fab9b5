import { expect, test } from "@jest/globals";
import { holds } from "./condition.ts";

test.each<[type: string, input: string, value: string, expected: boolean]>([
  ["equal_to", " Yes ", "yes", true],
  ["equal_to", "yes!", "yes", false],
  ["not_equal_to", "no", "yes", true],
  ["matches_any_of", "Invoice", "1, invoice ,billing", true],
  ["matches_any_of", "in", "1,invoice", false],
  ["does_not_match_any_of", "2", "1,invoice", true],
  ["is_blank", "  ", "", true],
  ["is_not_blank", "x", "", true],
  ["contains", "my INVOICE", "invoice", true],
  ["does_not_contain", "my invoice", "order", true],
  ["starts_with", "Order 1", "order", true],
  ["does_not_start_with", "My order", "order", true],
  ["regex", "AB-12", "^[a-z]{2}-\\d+$", true],
  ["regex", "AB12", "^[a-z]{2}-\\d+$", false],
  ["regex", "AB-123x", "[a-z]{2}-\\d+", false],
  ["regex", "16", "[1-5]", false],
  ["regex", "no", "yes|no", true],
  ["regex", "nobody", "yes|no", false],
  ["regex", "Yes, please", "(?i)yes.*", true],
  ["less_than", "9", "10", true],
  ["less_than", "nine", "10", false],
  ["less_than", "", "10", false],
  ["greater_than", "10", "9", true],
  ["is_before_time", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", true],
  ["is_after_time", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", false],
  ["is_before_time", "17:00", "16:35", false],
  ["is_before_time", "09:05", "16:35", true],
  ["is_after_time", "17:00", "16:35", true],
  ["is_after_time", "soon", "16:35", false],
  ["is_before_date", "2019-08-12", "2017-09-04", false],
  ["is_after_date", "2019-08-12", "2017-09-04", true],
])("%s: %j and %j", (type, input, value, expected) => {
  expect(holds(type, input, value)).toBe(expected);
});

test("a condition that Studio has not is an error", () => {
  expect(() => holds("resembles", "a", "b")).toThrow("Studio has no condition resembles");
});
