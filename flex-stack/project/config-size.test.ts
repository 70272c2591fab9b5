import { expect, test } from "@jest/globals";
import type { ProjectSettings, StackSettings } from "@pulumi/pulumi/automation/index.js";
import type { Failure } from "../failure/failure.ts";
import { requireFittingConfig } from "./config-size.ts";

const settings = (config: unknown, project: unknown = {}) => ({
  project: { name: "flex-messaging", config: project } as ProjectSettings,
  stack: { config } as StackSettings,
});

function refusal(
  config: unknown,
  project?: unknown,
  platform: NodeJS.Platform = "linux",
): string | undefined {
  try {
    requireFittingConfig(settings(config, project), "acme/dev", platform);
    return undefined;
  } catch (error) {
    return (error as Failure).what;
  }
}

// Of Linux's 131,072 bytes a string, a zero and "PULUMI_CONFIG=" are not the configuration's.
const room = 131_072 - 1 - "PULUMI_CONFIG=".length;
const around = '{"a:config:b":""}'.length;

test.each<[string, unknown, number]>([
  ["text", "x", 1],
  ["text of two bytes a character", "é", 2],
  ["text that JSON escapes", '"', 2],
  ["text that Go escapes for HTML", "<", 6],
])("%s fits to the last byte, and one more does not", (_, letter, bytes) => {
  const most = Math.floor((room - around) / bytes);
  const rest = "x".repeat(room - around - most * bytes);
  expect(refusal({ "a:b": String(letter).repeat(most) + rest })).toBeUndefined();
  expect(refusal({ "a:b": `${String(letter).repeat(most)}${rest}x` })).toBe(
    `The configuration of stack "acme/dev" is too large: 131072 bytes, of which a:b takes ${room - 1}; 131071 are possible.`,
  );
});

test("a map is written as JSON in JSON: what HTML gives a meaning takes seven bytes", () => {
  const map = (count: number) => ({ "a:b": { c: "<".repeat(count) } });
  const most = Math.floor((room - around - String.raw`{\"c\":\"\"}`.length) / 7);
  expect(refusal(map(most))).toBeUndefined();
  expect(refusal(map(most + 1))).toMatch(/is too large/);
});

test("the project's configuration counts where the stack has none of that key", () => {
  const large = "x".repeat(room);
  expect(refusal({}, { "a:b": { value: large } })).toMatch(/of which a:b takes/);
  expect(refusal({ "a:b": "" }, { "a:b": { value: large } })).toBeUndefined();
});

test("a secret counts as long as it is once it is decrypted", () => {
  const secret = (bytes: number) => ({
    "a:b": { secure: `v1:bm9uY2U=:${"A".repeat(Math.ceil(((bytes + 16) * 4) / 3))}` },
  });
  expect(refusal(secret(room - around))).toBeUndefined();
  expect(refusal(secret(room))).toMatch(/is too large/);
});

test("other platforms have other limits", () => {
  const config = { "a:b": "x".repeat(40_000) };
  expect(refusal(config, {}, "win32")).toMatch(/32767 are possible/);
  expect(refusal(config, {}, "linux")).toBeUndefined();
  expect(refusal({ "a:b": "x".repeat(200_000) }, {}, "darwin")).toBeUndefined();
});
