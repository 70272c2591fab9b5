import { expect, test } from "@jest/globals";
import { allowedDeletions } from "./allowed-deletions.ts";

const settings = (value: unknown) => ({
  project: { name: "flex-messaging", runtime: "nodejs" } as const,
  stack: { config: { "flex-messaging:allowedDeletions": value as string } },
});

test.each([
  [undefined, []],
  [[], []],
  [
    ["shop", "main"],
    ["shop", "main"],
  ],
  ['["shop"]', ["shop"]],
])("%j lets go %j", (value, names) => {
  expect(allowedDeletions(settings(value))).toEqual(names);
});

test.each([["shop"], [[""]], [[1]], [true]])("%j is refused", (value) => {
  expect(() => allowedDeletions(settings(value))).toThrow(
    `flex-messaging:allowedDeletions is ${JSON.stringify(value)}.`,
  );
});
