import { expect, test } from "@jest/globals";
import { nextClockChange } from "./clockChange.ts";
import { parseExpression } from "./parser.ts";

test.each([
  ["taskrouter.currentTime >= 900", "2030-01-07T08:59:00.001Z", "2030-01-07T09:00:00.000Z"],
  // The moment itself is no longer to come.
  ["taskrouter.currentTime >= 900", "2030-01-07T09:00:00.000Z", "2030-01-07T09:01:00.000Z"],
  ["taskrouter.currentMin < 30", "2030-01-07T23:59:59.999Z", "2030-01-08T00:00:00.000Z"],
  ["taskrouter.currentHour > 8", "2030-01-07T08:00:00.000Z", "2030-01-07T09:00:00.000Z"],
  ["taskrouter.dayOfWeek IN ['Mon']", "2030-01-07T08:00:00.000Z", "2030-01-08T00:00:00.000Z"],
  [
    "(task.a == 1 AND taskrouter.dayOfWeek == 'Mon') OR task.hour == taskrouter.currentHour",
    "2030-01-07T08:30:00.000Z",
    "2030-01-07T09:00:00.000Z",
  ],
  ["task.currentTime == worker.currentTime", "2030-01-07T08:00:00.000Z", undefined],
  ["taskrouter.constructor == null AND taskrouter == 1", "2030-01-07T08:00:00.000Z", undefined],
])("%s at %s may change at %s", (source, now, change) => {
  const found = nextClockChange(parseExpression(source), Date.parse(now));
  expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(change);
});
