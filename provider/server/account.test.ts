import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { FakeServer, health } from "../testing/fakeServer.ts";
import type { Received, Reply } from "../testing/fakeServer.ts";
import { Account } from "./account.ts";
import type { Configuration } from "./configuration.ts";

const accountSid = `AC${"1".repeat(32)}`;
const other = `AC${"2".repeat(32)}`;
const key = `SK${"3".repeat(32)}`;
const forever = new AbortController().signal;

let server: FakeServer;
beforeEach(async () => {
  server = await new FakeServer().start();
});
afterEach(() => server.stop());

function account(overrides: Partial<Configuration> = {}): Account {
  return new Account(
    {
      accountSid,
      username: accountSid,
      password: "hush-hush",
      endpoint: overrides.endpoint ?? server.url,
      maxConcurrency: 2,
      maxRetries: 0,
      ...overrides,
    },
    forever,
  );
}
const byKey = { username: key };
const isFlex = ({ headers }: Received) => headers.host === "flex-api.twilio.com";
const refusal: Reply = {
  status: 401,
  body: {
    code: 20003,
    message: "Authenticate",
    status: 401,
    more_info: "https://www.twilio.com/docs/errors/20003",
  },
};
const theAccount: Reply = { status: 200, body: { sid: accountSid, status: "active" } };

describe("an account is verified before its first use", () => {
  test("by its auth token, once for all", async () => {
    server.reply = () => theAccount;
    const one = account();
    await Promise.all([one.clients(), one.clients(), one.clients()]);
    expect(server.received.map(({ method, path, headers }) => [method, headers.host, path])).toEqual([
      ["GET", "api.twilio.com", `/2010-04-01/Accounts/${accountSid}.json`],
    ]);
  });

  test("by asking whose an API key is", async () => {
    server.reply = () => ({ status: 200, body: { account_sid: accountSid } });
    await account(byKey).clients();
    expect(server.received.map(({ headers, path }) => [headers.host, path])).toEqual([
      ["flex-api.twilio.com", "/v1/Configuration"],
    ]);
  });

  test("by the account itself where it has no Flex", async () => {
    server.reply = (request) => (isFlex(request) ? { status: 404, body: { message: "no" } } : theAccount);
    await account(byKey).clients();
    expect(server.received).toHaveLength(2);
  });

  const refused: [string, Partial<Configuration>, (request: Received) => Reply, string][] = [
    [
      "a wrong token",
      {},
      () => refusal,
      `Twilio does not accept the auth token for account ${accountSid}: Authenticate (HTTP 401, Twilio error 20003).\n` +
        "Fix: check twilio:accountSid and twilio:authToken (or twilio:apiKey and twilio:apiSecret), or the TWILIO_… " +
        "environment variables",
    ],
    [
      "a wrong key",
      byKey,
      () => refusal,
      `Twilio does not accept the API key and secret for account ${accountSid}`,
    ],
    [
      "a key of another account",
      byKey,
      () => ({ status: 200, body: { account_sid: other } }),
      `the API key belongs to account ${other}, but ${accountSid} is configured.\n` +
        `Fix: use an API key of ${accountSid}, or the stack of ${other}`,
    ],
    [
      "a suspended account",
      {},
      () => ({ status: 200, body: { sid: accountSid, status: "suspended" } }),
      `account ${accountSid} is suspended.\nFix: reactivate it in the Twilio Console`,
    ],
    [
      "a server that fails",
      {},
      () => ({ status: 500, body: "oops" }),
      "Twilio could not say whose credentials these are: oops (HTTP 500)",
    ],
  ];
  for (const [name, overrides, reply, message] of refused) {
    test(`which refuses ${name}`, async () => {
      server.reply = reply;
      const error = await account(overrides)
        .clients()
        .catch((caught: Error) => caught);
      expect((error as Error).message.startsWith(message)).toBe(true);
      expect((error as Error).message).not.toContain("hush");
    });
  }

  test("which says where nothing listens", async () => {
    const { url } = server;
    await server.stop();
    await expect(account({ endpoint: url }).clients()).rejects.toThrow(
      `nothing answers at ${url.origin} (ECONNREFUSED).\nFix: start the local Twilio with npm run emulator, then ` +
        "run it again; npm run up and npm run preview start one themselves",
    );
  });

  test("and tells the reason to the first who asks only", async () => {
    server.reply = () => refusal;
    const one = account();
    const results = await Promise.allSettled([one.clients(), one.clients()]);
    const messages = results
      .map((result) => (result as PromiseRejectedResult).reason as Error)
      .map(({ message }) => message);
    expect(messages[0]).toContain("Twilio does not accept");
    expect(messages[1]).toBe(
      "not attempted, for the reason given for another resource: Twilio can't be used",
    );
  });
});

describe("credentials go to nobody but Twilio", () => {
  const strangers: [string, Reply, string][] = [
    [
      "another program that answers 200",
      { status: 200, body: "Hello" },
      "is not the local Twilio: it does not say at /_emulator/health that it is one. It got no credentials.\n" +
        "Fix: end that program, or use another port: npm run emulator -- --port PORT, and PORT in twilio:endpoint",
    ],
    [
      "another program that refuses",
      { status: 404, body: {} },
      "is not the local Twilio: it answers 404 to GET /_emulator/health. It got no credentials.",
    ],
    [
      "a local Twilio of before",
      { status: 200, body: { status: "ok", hosts: [] } },
      "is of an older version, which does not say which one it is.\n" +
        "Fix: end it, and start the one of this project: npm run emulator",
    ],
  ];
  test.each(strangers)("%s is asked once, without them", async (_name, reply, message) => {
    server.health = reply;
    await expect(account().clients()).rejects.toThrow(message);
    expect([server.connections, server.received]).toEqual([1, []]);
  });

  test("a local Twilio that is not the recorded one gets none either", async () => {
    const one = account();
    one.expected = { identity: "f".repeat(32), stack: "dev" };
    await expect(one.clients()).rejects.toThrow(
      `this stack's resources are in another local Twilio (ffff-ffff) than the one that listens at ${server.url.origin} ` +
        "(0123-4567): its database was thrown away, or this is the one of another folder.\n" +
        "Fix: start the local Twilio that has them (npm run emulator, in the folder with its .local/twilio.db), or make " +
        "all of it anew on this one: npx flex-stack up --refresh --stack dev, or with Pulumi alone " +
        `TWILIO_PROVIDER_LOCAL_TWILIO=${health.identity} pulumi up --refresh --stack dev`,
    );
    expect(server.received).toEqual([]);
  });

  test.each([
    ["the recorded one", { identity: health.identity }],
    ["one that is to stand in for it", { identity: "f".repeat(32), accepted: health.identity }],
  ])("%s is used", async (_name, expected) => {
    server.reply = () => theAccount;
    const one = account();
    one.expected = expected;
    await one.clients();
    expect(one.localTwilio).toBe(health.identity);
  });
});
