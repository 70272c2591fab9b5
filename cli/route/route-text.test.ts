import { expect, test } from "@jest/globals";
import { routeText } from "./route-text.ts";

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
