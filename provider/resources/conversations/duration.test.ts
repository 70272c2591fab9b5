import { expect, test } from "@jest/globals";

import { same } from "../../engine/leafValue.ts";
import { leaves } from "../../engine/leaves.ts";
import { configuration } from "./configuration.ts";
import { checkTimer, normalDuration, secondsOf } from "./duration.ts";

test.each([
  ["PT1H", 3600],
  ["PT60M", 3600],
  ["PT3600S", 3600],
  ["PT0.5S", 0.5],
  ["P1W", 604_800],
  ["P7D", 604_800],
  ["P1DT1H30M", 91_800],
  ["P1M", undefined],
  ["P1Y", undefined],
  ["P", undefined],
  ["PT", undefined],
  ["P1DT", undefined],
  ["1H", undefined],
  ["pt1h", undefined],
  ["", undefined],
])("%s has %s seconds", (duration, seconds) => expect(secondsOf(duration)).toBe(seconds));

test.each(["PT1H", "P1DT1H30M", "PT0.5S", "tomorrow"])("the form of %s has a form of its own", (duration) =>
  expect(normalDuration(normalDuration(duration))).toBe(normalDuration(duration)),
);

const invalid = (shown: string) =>
  `must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT1H or P1DT30M, got ${shown}`;
test.each([
  ["PT10M", undefined],
  ["PT600S", undefined],
  ["", undefined],
  ["PT9M59S", 'must be at least PT10M, got "PT9M59S"'],
  ["one hour", invalid('"one hour"')],
  ["P1M", invalid('"P1M"')],
  ["P14892855W", undefined],
  ["P99999999999W", 'must be a length that can be meant, got "P99999999999W"'],
  [`PT${"9".repeat(400)}H`, expect.stringMatching(/^must be a length that can be meant, got "PT9+/)],
])("a closed timer of %j", (duration, reason) => expect(checkTimer(duration, 10)).toEqual(reason));

test("timers are compared by their length", () => {
  const timers = leaves(configuration).inputs.filter(({ name }) => name.endsWith("Timer"));
  expect(
    timers.map(({ name, field }) => [name, same(field, "PT1H", "PT60M"), same(field, "PT1H", "PT61M")]),
  ).toEqual([
    ["defaultInactiveTimer", true, false],
    ["defaultClosedTimer", true, false],
  ]);
});
