import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { readAccount } from "../../flex-stack/adopt/read-account.ts";
import type { FoundAccount } from "../../flex-stack/adopt/found-account.ts";
import type { Settings } from "../../flex-stack/project/settings.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { withAccount } from "../../flex-stack/account/account.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";

// What an account has is read by the CLI's own way to it, and built with the official SDK.

const local = useLocalTwilio();

function read(): Promise<FoundAccount & { calls: number }> {
  const { url, accountSid, authToken } = local.emulator;
  const config = {
    "twilio:accountSid": accountSid,
    "twilio:authToken": authToken,
    "twilio:endpoint": url,
    "twilio:maxRetries": "0",
  };
  const settings = { project: {}, stack: { config } } as unknown as Settings;
  const session = { name: "dev", settings };
  const run = { session, signal: new AbortController().signal } as unknown as StackRun;
  return withAccount(run, async (account) => ({ ...(await readAccount(account)), calls: account.calls }));
}

const configure = (settings: object) =>
  local.client.flexApi.v1.configuration().update({ account_sid: local.client.accountSid, ...settings });

let workspaceSid: string;
beforeAll(async () => {
  ({ taskrouterWorkspaceSid: workspaceSid } = await local.client.flexApi.v1.configuration().fetch());
});

test("lists are read to their end", async () => {
  const { taskQueues } = local.client.taskrouter.v1.workspaces(workspaceSid);
  const names = Array.from({ length: 1005 }, (_, index) => `Queue ${index}`);
  for (let index = 0; index < names.length; index += 20)
    await Promise.all(
      names.slice(index, index + 20).map((friendlyName) => taskQueues.create({ friendlyName })),
    );
  const { queues, calls } = await read();
  expect(queues.map(({ name }) => name).sort()).toEqual(["Everyone", ...names].sort());
  // One more request than for an account with fewer queues.
  expect(calls).toBe(23);
});

test("other workspaces, and numbers whose messages go nowhere of their own, are told and left alone", async () => {
  await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Voice\nonly" });
  const { workspace, numbers, outside } = await read();
  expect(workspace.sid).toBe(workspaceSid);
  expect(numbers).toEqual([]);
  expect(outside).toEqual([
    expect.stringMatching(
      /^taskrouter\.Workspace "Voice\\nonly" \(WS\w+\): not the workspace of the Flex Configuration$/,
    ),
    ...[1, 2, 3].map(() =>
      expect.stringMatching(
        /^api\.IncomingPhoneNumber .*: neither Flex nor a handler of its own gets its messages$/,
      ),
    ),
  ]);
});

describe("a Flex Configuration", () => {
  afterEach(async () => {
    await configure({ taskrouter_workspace_sid: workspaceSid });
  });

  test("without a workspace is nothing to start from", async () => {
    await configure({ taskrouter_workspace_sid: null });
    await expect(read()).rejects.toThrow("The Flex Configuration names no TaskRouter workspace");
  });

  test("with a workspace that is gone says so", async () => {
    const sid = "WS00000000000000000000000000000001";
    await configure({ taskrouter_workspace_sid: sid });
    await expect(read()).rejects.toThrow(`names the workspace ${sid}, which the account does not have`);
  });

  test("with a chat service that is gone has none", async () => {
    const { chatServiceInstanceSid } = await local.client.flexApi.v1.configuration().fetch();
    await configure({ chat_service_instance_sid: "IS00000000000000000000000000000001" });
    const { chat, proxy, roles, pool } = await read();
    expect([chat, proxy, roles, pool]).toEqual([undefined, undefined, [], []]);
    await configure({ chat_service_instance_sid: chatServiceInstanceSid });
  });
});

test("what Twilio refuses to show fails the whole, with Twilio's words", async () => {
  const error = { status: 403, code: 20003, message: "Permission Denied" };
  expect((await local.own("POST", "/faults", { host: "proxy", error })).status).toBe(200);
  await expect(read()).rejects.toThrow(
    expect.objectContaining({
      what: "Twilio refused a request: Permission Denied.",
      why: "HTTP 403, Twilio error 20003, https://www.twilio.com/docs/errors/20003",
    }),
  );
  await local.own("DELETE", "/faults");
});
