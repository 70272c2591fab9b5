import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { ConfigError, exampleAccountSid, parseConfig } from "./index.ts";

const environments = ["dev", "staging", "prod"] as const;
type Environment = (typeof environments)[number];

/** What only an environment that runs against the local Twilio has: it is no secret there. */
const localOnly = ["twilio:authToken", "twilio:endpoint"];

const account = "AC0123456789abcdef0123456789abcdef";

function stackConfig(environment: Environment): Record<string, unknown> {
  const file = new URL(`../Pulumi.${environment}.yaml`, import.meta.url);
  return (load(readFileSync(file, "utf8")) as { config: Record<string, unknown> }).config;
}

/** As Pulumi hands it to the program. */
function raw(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stackConfig(environment)).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** Maps whose keys are the environment's own: whom it has, not how it works. */
const ownEntries = ["flex-messaging:routing.workers"];

/** Every key, dotted, whatever its value. */
function keys(value: unknown, path = ""): string[] {
  if (ownEntries.includes(path)) return [path];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => keys(child, path ? `${path}.${key}` : key));
}

describe.each(environments)("%s", (environment) => {
  test("has the keys of the others", () => {
    const reference = keys(stackConfig("prod")).sort();
    const own = keys(stackConfig(environment)).filter((key) => !localOnly.includes(key));
    expect(own.sort()).toEqual(reference);
  });

  test("is correct once it has an account", () => {
    const config = parseConfig({ ...raw(environment), "twilio:accountSid": account }, environment);
    expect(config.protect).toBe(environment !== "dev");
  });
});

test.each(["staging", "prod"] as const)("%s is refused until its account is set", (environment) => {
  expect(() => parseConfig(raw(environment), environment)).toThrow(ConfigError);
  expect(raw(environment)["twilio:accountSid"]).toBe(exampleAccountSid);
  expect(raw(environment)["twilio:endpoint"]).toBeUndefined();
});

test("numbers and webhooks differ between environments", () => {
  const numbers = environments.flatMap((environment) =>
    Object.values(
      parseConfig({ ...raw(environment), "twilio:accountSid": account }, environment).messageHandling.numbers,
    ),
  );
  expect(new Set(numbers.map(({ phoneNumber }) => phoneNumber)).size).toBe(numbers.length);
  const handlers = environments.map(
    (environment) =>
      parseConfig({ ...raw(environment), "twilio:accountSid": account }, environment).messageHandling.handler
        ?.smsUrl,
  );
  expect(new Set(handlers).size).toBe(environments.length);
});
