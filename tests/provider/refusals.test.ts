import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";

import { startEmulator } from "../../emulator/index.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration, Outcome, StackOptions } from "./testStack.ts";

jest.setTimeout(120_000);
const exchanges: string[] = [];
const local = useLocalTwilio({
  judge: false,
  seed: "empty",
  onExchange: ({ method, path, operation }) => {
    if (operation !== "FetchAccount") exchanges.push(`${method} ${path}`);
  },
});
const other = `AC${"9".repeat(32)}`;
const stacks: TestStack[] = [];

beforeEach(() => {
  exchanges.length = 0;
});
afterAll(() => stacks.forEach((one) => one.remove()));

async function newStack(options: StackOptions = {}): Promise<TestStack> {
  const one = new TestStack(local.emulator, options);
  stacks.push(one);
  return one.init();
}

const workspace = (name: string): Declaration => ({
  name,
  token: "twilio:taskrouter:Workspace",
  inputs: { friendlyName: name },
});
/** Resources that do not depend on each other. */
const many = Array.from({ length: 20 }, (_, index) => workspace(`refused-${index}`));

/** The errors a user reads, without Pulumi's own summary. */
const errors = ({ messages }: Outcome) =>
  messages.filter((message) => !/^(update|preview) failed$/.test(message));

describe("one clear message, and nothing half done, for", () => {
  const cases: [string, StackOptions, string[]][] = [
    [
      "a wrong token",
      { config: { "twilio:authToken": "wrong-token" } },
      ["does not accept the auth token for account", "HTTP 401"],
    ],
    [
      "an endpoint where nothing listens",
      { config: { "twilio:endpoint": "http://127.0.0.1:9" } },
      ["nothing answers at http://127.0.0.1:9", "start the local Twilio with npm run emulator"],
    ],
    [
      "a malformed endpoint",
      { config: { "twilio:endpoint": "local" } },
      ["endpoint", "must be a URL such as http://127.0.0.1:4100"],
    ],
    [
      "the environment of another account",
      { env: { TWILIO_ACCOUNT_SID: other } },
      ["pins this stack to account AC10ca1", `credentials of ${other}`],
    ],
    [
      "numbers out of range",
      { config: { "twilio:maxConcurrency": "1000" } },
      ["must be a whole number from 1 to 100"],
    ],
  ];
  for (const [name, options, texts] of cases) {
    test(name, async () => {
      const stack = await newStack(options);
      for (const outcome of [await stack.preview(many), await stack.up(many)]) {
        expect(outcome.code).not.toBe(0);
        const found = errors(outcome);
        expect(found).toHaveLength(1);
        for (const text of texts) expect(found[0]).toContain(text);
        expect(outcome.output).not.toContain("wrong-token");
        expect(found[0]).not.toMatch(/\n\s+at /);
        expect(outcome.steps).toEqual({});
      }
      expect(exchanges).toEqual([]);
    });
  }
});

test("an API key does as well as the auth token", async () => {
  const { accountSid } = local.emulator;
  const { sid, secret } = await local.client.newKeys.create({ friendlyName: "stack" });
  const env = { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret };
  const config = { "twilio:accountSid": undefined };
  const stack = await newStack({ config, env: { ...env, TWILIO_AUTH_TOKEN: "not asked" } });
  const outcome = await stack.up([workspace("by key")]);
  expect([outcome.code, outcome.code === 0 ? "" : outcome.output]).toEqual([0, ""]);
  expect(stack.stateText()).not.toContain(secret);
  const wrong = await newStack({ config, env: { ...env, TWILIO_API_SECRET: "wrong" } });
  expect(errors(await wrong.preview([]))).toEqual([]);
  expect(errors(await wrong.preview(many))).toEqual([
    expect.stringContaining(`does not accept the API key and secret for account ${accountSid}`),
  ]);
});

test("wrong inputs are all said at once, each with its path", async () => {
  const stack = await newStack();
  const inputs = {
    workspaceSid: "WS1",
    friendlyName: "",
    configuration: '{"task_routing": ',
    taskReservationTimeout: 0,
    assignmentCallbackUrl: "callback",
  };
  const outcome = await stack.preview([{ name: "routes", token: "twilio:taskrouter:Workflow", inputs }]);
  const text = errors(outcome).join("\n");
  for (const property of Object.keys(inputs)) expect(text).toContain(property);
  expect(text).toContain("must be a whole number from 1 to 86400, got 0");
  expect(text).toContain("is no JSON: Unexpected end of JSON input");
  expect(exchanges).toEqual([]);
});

test("a stack does not act on another account than the one its state names", async () => {
  const stack = await newStack();
  expect((await stack.up([workspace("pinned")])).code).toBe(0);
  const strangers: string[] = [];
  const account = { sid: other, authToken: "other-token" };
  const second = await startEmulator({
    file: ":memory:",
    port: 0,
    seed: { account, calls: [] },
    onExchange: ({ method, path }) => strangers.push(`${method} ${path}`),
  });
  try {
    stack.configure({
      "twilio:endpoint": second.url,
      "twilio:accountSid": other,
      "twilio:authToken": "other-token",
    });
    const outcome = await stack.up([workspace("pinned"), workspace("more")]);
    expect(outcome.code).not.toBe(0);
    expect(errors(outcome)).toEqual([
      expect.stringContaining(
        `this stack's resources are in account ${local.emulator.accountSid}, but the provider is configured for ${other}`,
      ),
    ]);
    // Without a program Pulumi gives the provider the recorded account, whose credentials the state has.
    const destroyed = await stack.destroy();
    expect(destroyed.code).not.toBe(0);
    expect(destroyed.messages.join("\n")).toContain(
      `Pulumi.test.yaml pins account ${other}: nothing is changed or deleted.\nFix: set twilio:accountSid back to ${local.emulator.accountSid}`,
    );
    expect(Object.keys(stack.resources())).toEqual(["pinned"]);
    // The other account was asked about itself, and nothing else.
    expect(new Set(strangers)).toEqual(new Set([`GET /2010-04-01/Accounts/${other}.json`]));
  } finally {
    await second.close();
  }
});
