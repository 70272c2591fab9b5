import { expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./problem.ts";
import { parseConfig } from "./read.ts";

// A credential in any place of a stack's configuration stands in no error about it.

const secret = "S3cretS3cretS3cret";
const hostile: readonly unknown[] = [
  `https://user:${secret}@x.example/a`,
  `ftp://user:${secret}@x.example/a`,
  `http://x.example/?token=${secret}`,
  `AC${"1".repeat(32)}:${secret}`,
  `Bearer ${secret}`,
  { password: secret, deep: { apiKey: [secret, 5] } },
  { secret: { inner: secret } },
  [{ token: secret }],
];

const { config } = load(readFileSync(join(import.meta.dirname, "..", "Pulumi.dev.yaml"), "utf8")) as {
  config: Record<string, unknown>;
};

function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))];
}

function messageWith(path: readonly string[], value: unknown): string {
  const copy = structuredClone(config);
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(at as object, key), copy);
  Reflect.set(parent as object, path.at(-1)!, value);
  const texts = Object.entries(copy).map(([key, item]) => [
    key,
    typeof item === "string" ? item : JSON.stringify(item),
  ]);
  try {
    parseConfig(Object.fromEntries(texts) as Record<string, string>, "dev");
    return "";
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

const places = placesOf(config).filter(
  ([key = "", ...rest]) => key.startsWith("flex-messaging:") && !(key.endsWith("File") && rest.length === 0),
);

test("many places are tried", () => expect(places.length).toBeGreaterThan(50));

test.each(hostile)("%j", (value) => {
  const messages = places.map((path) => messageWith(path, value));
  expect(messages.filter((text) => text !== "").length).toBeGreaterThan(10);
  expect(messages.filter((text) => text.includes(secret))).toEqual([]);
});
