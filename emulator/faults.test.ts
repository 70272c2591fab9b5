import { afterEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../tests/support/useLocalTwilio.ts";
import type { Fault, Incoming } from "./index.ts";

let fault: (request: Incoming) => Fault | undefined = () => undefined;
const local = useLocalTwilio({ seed: "empty", fault: (request) => fault(request) });
const workspaces = () => local.client.taskrouter.v1.workspaces;

afterEach(() => {
  fault = () => undefined;
});

test("a planned error is answered instead of the request", async () => {
  fault = ({ method }) =>
    method === "POST" ? { status: 429, code: 20429, message: "Too Many Requests", retryAfter: 2 } : undefined;
  const url = "https://taskrouter.twilio.com/v1/Workspaces";
  const answer = await local.send("POST", url, { form: { FriendlyName: "Limited" } });
  expect(answer).toMatchObject({
    status: 429,
    body: { code: 20429, message: "Too Many Requests", status: 429 },
  });
  expect(answer.headers["retry-after"]).toBe("2");
  expect(await workspaces().list()).toEqual([]);
});

test("a connection dropped before the request was handled leaves nothing behind", async () => {
  fault = () => ({ drop: "before" });
  await expect(workspaces().create({ friendlyName: "Before" })).rejects.toThrow("socket hang up");
  fault = () => undefined;
  expect(await workspaces().list({ friendlyName: "Before" })).toEqual([]);
});

test("a connection dropped after it leaves what was written", async () => {
  fault = () => ({ drop: "after" });
  await expect(workspaces().create({ friendlyName: "After" })).rejects.toThrow("socket hang up");
  fault = () => undefined;
  expect(await workspaces().list({ friendlyName: "After" })).toHaveLength(1);
});
