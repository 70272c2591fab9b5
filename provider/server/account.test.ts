import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { FakeServer } from "../testing/fakeServer.ts";
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
      `nothing answers at ${url.origin} (ECONNREFUSED).\nFix: start the local Twilio with npm run emulator, or unset ` +
        "twilio:endpoint to use Twilio itself",
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
