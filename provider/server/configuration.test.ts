import { describe, expect, test } from "@jest/globals";

import { UNKNOWN } from "../engine/value.ts";
import type { Properties } from "../engine/value.ts";
import { readConfiguration } from "./configuration.ts";

const one = `AC${"1".repeat(32)}`;
const two = `AC${"2".repeat(32)}`;
const key = `SK${"3".repeat(32)}`;
const standard = { maxConcurrency: 25, maxRetries: 12 };
type Environment = { [name: string]: string };

describe("credentials", () => {
  const cases: [
    string,
    Properties,
    Environment,
    { accountSid: string; username: string; password: string },
  ][] = [
    [
      "token in the configuration",
      { accountSid: one, authToken: "t" },
      {},
      { accountSid: one, username: one, password: "t" },
    ],
    [
      "key in the configuration",
      { accountSid: one, apiKey: key, apiSecret: "s" },
      {},
      { accountSid: one, username: key, password: "s" },
    ],
    [
      "token in the environment",
      {},
      { TWILIO_ACCOUNT_SID: one, TWILIO_AUTH_TOKEN: "t" },
      { accountSid: one, username: one, password: "t" },
    ],
    [
      "key in the environment",
      {},
      { TWILIO_ACCOUNT_SID: one, TWILIO_API_KEY: key, TWILIO_API_SECRET: "s" },
      { accountSid: one, username: key, password: "s" },
    ],
    [
      "key before token in the environment",
      {},
      { TWILIO_ACCOUNT_SID: one, TWILIO_AUTH_TOKEN: "t", TWILIO_API_KEY: key, TWILIO_API_SECRET: "s" },
      { accountSid: one, username: key, password: "s" },
    ],
    [
      "account pinned, token in the environment",
      { accountSid: one },
      { TWILIO_AUTH_TOKEN: "t" },
      { accountSid: one, username: one, password: "t" },
    ],
    [
      "the same account twice",
      { accountSid: one },
      { TWILIO_ACCOUNT_SID: one, TWILIO_AUTH_TOKEN: "t" },
      { accountSid: one, username: one, password: "t" },
    ],
    [
      "the environment's are ignored beside configured ones, whosever they are",
      { accountSid: one, authToken: "t" },
      { TWILIO_ACCOUNT_SID: two, TWILIO_AUTH_TOKEN: "x", TWILIO_API_KEY: key, TWILIO_API_SECRET: "s" },
      { accountSid: one, username: one, password: "t" },
    ],
  ];
  for (const [name, values, env, expected] of cases) {
    test(name, () => {
      expect(readConfiguration(values, env)).toEqual({
        failures: [],
        configuration: { ...expected, ...standard },
      });
    });
  }
});

describe("failures", () => {
  const sound = { accountSid: one, authToken: "t" };
  const cases: [string, Properties, Environment, [property: string, reason: RegExp][]][] = [
    [
      "nothing at all",
      {},
      {},
      [["accountSid", /^is missing: set it and a credential with pulumi config set/]],
    ],
    [
      "a token without an account",
      { authToken: "t" },
      { TWILIO_ACCOUNT_SID: one },
      [["accountSid", /credentials are configured, so name their account/]],
    ],
    [
      "no account SID",
      { ...sound, accountSid: "AC1" },
      {},
      [["accountSid", /^must be AC and 32 hexadecimal digits, got "AC1"$/]],
    ],
    [
      "no account SID in the environment",
      {},
      { TWILIO_ACCOUNT_SID: "1" },
      [["accountSid", /from TWILIO_ACCOUNT_SID$/]],
    ],
    [
      "another account's environment",
      { accountSid: one },
      { TWILIO_ACCOUNT_SID: two, TWILIO_AUTH_TOKEN: "t" },
      [
        [
          "accountSid",
          new RegExp(`^pins this stack to account ${one}, but the environment has credentials of ${two}`),
        ],
      ],
    ],
    ["no credential", { accountSid: one }, {}, [["authToken", /^is missing for account/]]],
    [
      "a key without its secret",
      { accountSid: one, apiKey: key },
      {},
      [["apiSecret", /^is missing: it belongs to apiKey$/]],
    ],
    [
      "a secret without its key",
      {},
      { TWILIO_ACCOUNT_SID: one, TWILIO_API_SECRET: "s" },
      [["apiKey", /^is missing: it belongs to TWILIO_API_SECRET$/]],
    ],
    [
      "a key half from the environment",
      { accountSid: one, apiKey: key },
      { TWILIO_API_SECRET: "s" },
      [["apiSecret", /^is missing/]],
    ],
    [
      "two kinds",
      { ...sound, apiKey: key, apiSecret: "s" },
      {},
      [["apiKey", /keep one kind of credential$/]],
    ],
    [
      "no key SID",
      { accountSid: one, apiKey: "mine", apiSecret: "s" },
      {},
      [["apiKey", /^must be SK and 32 hexadecimal digits$/]],
    ],
    [
      "a bad endpoint",
      { ...sound, endpoint: "localhost:4100" },
      {},
      [["endpoint", /^must be a URL such as http:\/\/127.0.0.1:4100, got "localhost:4100"$/]],
    ],
    [
      "too many at once",
      { ...sound, maxConcurrency: 101 },
      {},
      [["maxConcurrency", /^must be a whole number from 1 to 100, got 101$/]],
    ],
    ["a text for a number", { ...sound, maxRetries: "many" }, {}, [["maxRetries", /got "many"$/]]],
    [
      "a strange region",
      { ...sound, region: "ie1.evil.com/" },
      {},
      [["region", /^must be a name such as ie1/]],
    ],
    ["a mistyped setting", { ...sound, acountSid: one }, {}, [["acountSid", /did you mean accountSid\?$/]]],
    [
      "everything at once",
      { accountSid: "x", endpoint: "y", maxConcurrency: 0, maxRetries: -1, edge: "Ä" },
      {},
      [
        ["accountSid", /^must/],
        ["endpoint", /^must/],
        ["maxConcurrency", /^must/],
        ["maxRetries", /^must/],
        ["edge", /^must/],
      ],
    ],
  ];
  for (const [name, values, env, expected] of cases) {
    test(name, () => {
      const { configuration, failures } = readConfiguration(values, env);
      expect(configuration).toBeUndefined();
      expect(failures.map(({ property }) => property)).toEqual(expected.map(([property]) => property));
      failures.forEach(({ reason }, index) => expect(reason).toMatch(expected[index]![1]));
    });
  }

  test("never show a secret", () => {
    const values = {
      authToken: "hush-hush-1",
      apiKey: "hush-hush-2",
      apiSecret: "hush-hush-3",
      accountSid: one,
    };
    const { failures } = readConfiguration(values, {});
    expect(JSON.stringify(failures)).not.toContain("hush");
  });
});

describe("the way to Twilio", () => {
  const sound = { accountSid: one, authToken: "t" };
  const read = (values: Properties, env: Environment = {}) =>
    readConfiguration({ ...sound, ...values }, env).configuration;

  test("may be closed to writes by the environment", () => {
    expect(read({}, { TWILIO_PROVIDER_READ_ONLY: "true" })).toMatchObject({ readOnly: true });
    expect(read({})).not.toHaveProperty("readOnly");
  });

  test("numbers may be texts, as in configuration files", () => {
    expect(read({ maxConcurrency: "3", maxRetries: "0" })).toMatchObject({
      maxConcurrency: 3,
      maxRetries: 0,
    });
  });
  test("region and edge come from the environment where the configuration has none", () => {
    const env = { TWILIO_REGION: "ie1", TWILIO_EDGE: "dublin" };
    expect(read({}, env)).toMatchObject({ region: "ie1", edge: "dublin" });
    expect(read({ region: "au1" }, env)).toMatchObject({ region: "au1" });
  });
  test("an endpoint makes region and edge pointless", () => {
    const found = read(
      { endpoint: "http://127.0.0.1:4100" },
      { TWILIO_REGION: "ie1", TWILIO_EDGE: "dublin" },
    );
    expect(found?.endpoint?.href).toBe("http://127.0.0.1:4100/");
    expect(found?.region).toBeUndefined();
    expect(found?.edge).toBeUndefined();
  });
  test("what Pulumi adds is no stranger", () => expect(read({ version: "0.1.0" })).toBeDefined());
  test("what is not known yet is no failure", () => {
    expect(readConfiguration({ authToken: UNKNOWN }, {})).toEqual({ failures: [] });
  });
});
