import { expect, test } from "@jest/globals";
import type { Settings } from "../../flex-stack/project/settings.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { answerOf, foundOrGone } from "../../flex-stack/account/answer.ts";
import { withAccount } from "../../flex-stack/account/account.ts";
import { firstItems } from "../../flex-stack/account/page.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";

const local = useLocalTwilio();

interface Given {
  config?: Record<string, unknown>;
  /** What Pulumi answers when it is asked for secrets. */
  secrets?: Record<string, string>;
}

/** A run on a stack with this configuration, whose account is the local Twilio's unless it says otherwise. */
function runOn({ config = {}, secrets }: Given = {}): StackRun & { asked: string[][] } {
  const { url, accountSid, authToken } = local.emulator;
  const settings = {
    project: { name: "flex-messaging", runtime: "nodejs", config: { "twilio:endpoint": { value: url } } },
    stack: { config: { "twilio:accountSid": accountSid, "twilio:authToken": authToken, ...config } },
  } as unknown as Settings;
  const asked: string[][] = [];
  const runPulumi = (...words: string[]) => {
    asked.push(words);
    const values = { "twilio:endpoint": url, "twilio:accountSid": accountSid, ...secrets };
    const entries = Object.entries(values).map(([key, value]) => [key, { value, secret: true }]);
    return Promise.resolve({ code: 0, stdout: JSON.stringify(Object.fromEntries(entries)), stderr: "" });
  };
  const session = { name: "dev", settings, runPulumi };
  return { session, signal: new AbortController().signal, asked } as unknown as StackRun & {
    asked: string[][];
  };
}

test("reads the account of the stack, and counts", async () => {
  const run = runOn();
  await withAccount(run, async (account) => {
    const before = account.calls;
    const { items, more } = await firstItems(2, (limits) => account.client.chat.v2.services.list(limits));
    expect([items.length, more, account.calls - before]).toEqual([1, false, 1]);
    expect(account.accountSid).toBe(local.emulator.accountSid);
  });
  expect(run.asked).toEqual([]);
});

test("asks Pulumi for what is encrypted", async () => {
  const run = runOn({
    config: { "twilio:authToken": { secure: "v1:abc" } },
    secrets: { "twilio:authToken": local.emulator.authToken },
  });
  expect(await withAccount(run, async ({ accountSid }) => Promise.resolve(accountSid))).toBe(
    local.emulator.accountSid,
  );
  expect(run.asked).toEqual([["config", "--show-secrets", "--json", "--stack", "dev"]]);
});

test("sends nothing but GET", async () => {
  local.http.sent.length = 0;
  const services = await local.client.chat.v2.services.list();
  const refused = withAccount(runOn(), ({ client }) =>
    client.chat.v2.services(services[0]?.sid ?? "").update({ friendlyName: "Other" }),
  );
  await expect(refused).rejects.toThrow("This command only reads; post chat.twilio.com/v2/Services/IS");
  expect((await local.client.chat.v2.services.list())[0]?.friendlyName).toBe(services[0]?.friendlyName);
});

test("says that there are more items than were asked for", async () => {
  await withAccount(runOn(), async ({ client, ...account }) => {
    const { taskrouterWorkspaceSid } = await client.flexApi.v1.configuration().fetch();
    const { activities } = client.taskrouter.v1.workspaces(taskrouterWorkspaceSid);
    const found = await firstItems(2, (limits) => activities.list(limits));
    expect([found.items.length, found.more]).toEqual([2, true]);
    expect(account.accountSid).toMatch(/^AC/);
  });
});

test("tells what is gone, denied and failed apart, with Twilio's code", async () => {
  await withAccount(runOn(), async ({ client }) => {
    const missing = `IS${"0".repeat(32)}`;
    const gone = await answerOf(() => client.chat.v2.services(missing).roles.list({ limit: 1 }));
    expect(gone).toMatchObject({ kind: "gone", error: { status: 403, code: 50050 } });
    expect(await foundOrGone(() => client.chat.v2.services(missing).fetch())).toBeUndefined();
    await local.own("POST", "/faults", { host: "chat", error: { status: 403 } });
    expect(await answerOf(() => client.chat.v2.services.list({ limit: 1 }))).toMatchObject({
      kind: "denied",
      error: { status: 403 },
    });
    await local.own("DELETE", "/faults");
    await local.own("POST", "/faults", { host: "chat", error: { status: 400 } });
    expect(await answerOf(() => client.chat.v2.services.list({ limit: 1 }))).toMatchObject({
      kind: "failed",
    });
    await local.own("DELETE", "/faults");
  });
});

test.each<[Given, RegExp, number]>([
  [{ config: { "twilio:authToken": undefined } }, /twilio:authToken is missing for account AC/, 3],
  [{ config: { "twilio:authToken": "wrong" } }, /Twilio does not accept the auth token for account AC/, 3],
  [{ config: { "twilio:endpoint": "http://127.0.0.1:1" } }, /nothing answers at http:\/\/127\.0\.0\.1:1/, 1],
])("refuses %j", async (given, reason, exitCode) => {
  const refused = await withAccount(runOn(given), () => Promise.resolve(undefined)).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(Failure);
  const { what, why, exitCode: code } = refused as Failure;
  expect(`${what} ${why ?? ""}`).toMatch(reason);
  expect(code).toBe(exitCode);
  expect(JSON.stringify(refused)).not.toContain('"wrong"');
});

test("a refusal that nobody expected keeps Twilio's code", async () => {
  const refused = withAccount(runOn(), ({ client }) => client.messages(`SM${"0".repeat(32)}`).fetch());
  await expect(refused).rejects.toMatchObject({
    what: expect.stringContaining("Twilio refused a request: The requested resource"),
    why: expect.stringContaining("HTTP 404, Twilio error 20404"),
  });
});
