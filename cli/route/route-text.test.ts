import { expect, test } from "@jest/globals";
import { routeJson, routeText } from "./route-text.ts";

type Route = Parameters<typeof routeText>[0];

/** A route without workers, in which a task waits. */
function without(from: string): Route {
  const outcome = { kind: "unmatched" };
  return {
    source: "account",
    workers: { count: 0, from },
    leftOut: [],
    rehearsal: {
      task: {},
      taskChannel: "sms",
      workflow: { sid: "WW", friendlyName: "In" },
      stages: [],
      outcome,
    },
  } as unknown as Route;
}

test.each([
  ["the account", "There is nobody to route to: name workers with --workers FILE."],
  ["the program", "There is nobody to route to: name workers with --workers FILE, or --workers live."],
])("without workers of %s it says where others come from", (from, advice) => {
  const shown = { explain: false, stack: "dev", style: (_: unknown, text: string) => text };
  expect(routeText(without(from), shown as never, shown as never)).toContain(advice);
});

test("what Twilio does not document is said below the outcome, once, also without --explain", () => {
  const doubt = 'age <= 13 is true: age is "12", the string is compared as a number';
  const route = without("the account");
  const outcome = { kind: "unmatched" };
  const trace = { filters: [], doubts: [doubt], outcome };
  Object.assign(route.rehearsal, {
    stages: [
      { age: 0, trace },
      { age: 30, trace },
    ],
  });
  const shown = { explain: false, stack: "dev", style: (_: unknown, text: string) => text };
  const lines = routeText(route, shown, shown);
  const at = lines.indexOf(
    "Twilio does not document how it compares different types, and may send the task elsewhere:",
  );
  expect(lines.slice(at + 1).filter((line) => line.includes(doubt))).toEqual([`  ${doubt}`]);
  expect(lines.indexOf(`  ${doubt}`)).toBe(at + 1);
  expect(routeJson(route, shown as never)).toMatchObject({
    stages: [{ doubts: [doubt] }, { doubts: [doubt] }],
  });
});
