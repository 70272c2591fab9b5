import { expect, test } from "@jest/globals";
import type { Twilio } from "twilio";

import { configuration } from "./configuration.ts";

test("an update is JSON in Twilio's names and names the account", async () => {
  const sent: object[] = [];
  const context = {
    fetch: () => Promise.resolve({ toJSON: () => ({ status: "ok" }) }),
    update: (body: object) => {
      sent.push(body);
      return Promise.resolve({ toJSON: () => ({ status: "ok" }) });
    },
  };
  const twilio = {
    accountSid: "AC1",
    flexApi: { v1: { configuration: () => context } },
  } as unknown as Twilio;
  const operations = configuration.at(twilio, {});
  expect(
    await operations.update?.("", { taskrouterWorkspaceSid: "WS1", uiAttributes: { a: { B: 1 } } }),
  ).toEqual({
    status: "ok",
  });
  expect(sent).toEqual([
    { account_sid: "AC1", taskrouter_workspace_sid: "WS1", ui_attributes: { a: { B: 1 } } },
  ]);
  expect(await operations.fetch("")).toEqual({ status: "ok" });
  expect([operations.create, operations.remove, operations.list]).toEqual([undefined, undefined, undefined]);
});
