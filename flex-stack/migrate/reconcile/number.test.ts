import { expect, test } from "@jest/globals";
import type { Settings } from "../../project/settings.ts";
import { numberOf } from "./number.ts";

const handling = { numbers: { main: { phoneNumber: "+14155550142" } } };
const settings = (messageHandling: unknown) =>
  ({
    project: { name: "flex-messaging" },
    stack: { config: { "flex-messaging:messageHandling": messageHandling } },
  }) as unknown as Settings;

test.each<[string, string, unknown]>([
  ["a key", "main", handling],
  ["a key of what pulumi config set wrote as text", " main ", JSON.stringify(handling)],
  ["the number", "+1 (415) 555-0142", undefined],
])("finds the number by %s", (_, given, messageHandling) => {
  expect(numberOf(given, settings(messageHandling))).toBe("+14155550142");
});

test.each(["constructor", "shop", "4155550142", ""])(
  "refuses what is neither, with the known keys: %j",
  (given) => {
    expect(() => numberOf(given, settings(JSON.stringify(handling)))).toThrow(
      `--number ${JSON.stringify(given)} is neither a number in E.164 nor a key`,
    );
  },
);
