import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";

import type { Fault, Incoming } from "../../emulator/index.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ref } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration, StackOptions } from "./testStack.ts";

jest.setTimeout(120_000);
let fault: (request: Incoming) => Fault | undefined;
const requests: Incoming[] = [];
const local = useLocalTwilio({
  judge: false,
  seed: "empty",
  fault: (request) => {
    requests.push(request);
    return fault(request);
  },
});
const stacks: TestStack[] = [];
let tests = 0;
beforeEach(() => {
  tests += 1;
  workspace = {
    name: "workspace",
    token: "twilio:taskrouter:Workspace",
    inputs: { friendlyName: `Resilience ${tests}` },
  };
  fault = () => undefined;
  requests.length = 0;
});
afterAll(() => stacks.forEach((one) => one.remove()));

async function newStack(options?: StackOptions): Promise<TestStack> {
  const one = new TestStack(local.emulator, options);
  stacks.push(one);
  return one.init();
}

/** Applies a fault to the first requests that match, so many times. */
function failing(times: number, matches: (request: Incoming) => boolean, what: Fault) {
  let left = times;
  fault = (request) => (matches(request) && left-- > 0 ? what : undefined);
}
const isPost = (path: RegExp) => (request: Incoming) =>
  request.method === "POST" && path.test(request.target);
const sentTo = (path: RegExp, method = "POST") =>
  requests.filter((request) => request.method === method && path.test(request.target)).length;

let workspace: Declaration;
const queue = (name: string): Declaration => ({
  name,
  token: "twilio:taskrouter:TaskQueue",
  inputs: { workspaceSid: ref("workspace.sid"), friendlyName: name },
});
const chat: Declaration = {
  name: "chat",
  token: "twilio:chat:Service",
  inputs: { friendlyName: "Half made", postWebhookUrl: "https://example.com/chat" },
};

test("a create whose answer was lost is found, not made again", async () => {
  const stack = await newStack();
  failing(1, isPost(/TaskQueues$/), { drop: "after" });
  const outcome = await stack.up([workspace, queue("lost")]);
  expect(outcome.code).toBe(0);
  expect(sentTo(/TaskQueues$/)).toBe(1);
  const { id } = stack.resources()["lost"]!;
  const [workspaceSid, sid] = id.split("/") as [string, string];
  const queues = await local.client.taskrouter.v1
    .workspaces(workspaceSid)
    .taskQueues.list({ friendlyName: "lost" });
  expect(queues.map((one) => one.sid)).toEqual([sid]);
  expect((await stack.preview([workspace, queue("lost")], "--refresh", "--expect-no-changes")).code).toBe(0);
});

test("a create that never arrived is sent again", async () => {
  const stack = await newStack();
  failing(1, isPost(/TaskQueues$/), { drop: "before" });
  expect((await stack.up([workspace, queue("again")])).code).toBe(0);
  expect(sentTo(/TaskQueues$/)).toBe(2);
});

test("a failure half-way keeps the resource, and the next up completes it", async () => {
  const stack = await newStack();
  failing(1, isPost(/Services\/IS/), { status: 400, code: 50054, message: "Invalid webhook URL" });
  const first = await stack.up([chat]);
  expect(first.code).not.toBe(0);
  expect(first.output).toContain('can\'t update the Service "chat" (just created as IS');
  expect(first.output).toContain("Invalid webhook URL (HTTP 400, Twilio error 50054)");
  const kept = stack.resources()["chat"]!;
  expect(kept.initErrors).toHaveLength(1);
  expect(kept.outputs["postWebhookUrl"]).toBeUndefined();

  const second = await stack.up([chat]);
  expect([second.code, second.steps]).toEqual([0, { chat: { op: "update", paths: ["postWebhookUrl"] } }]);
  expect(sentTo(/Services$/)).toBe(1);
  const made = stack.resources()["chat"]!;
  expect(made.id).toBe(kept.id);
  expect(made.initErrors ?? []).toEqual([]);
  expect((await local.client.chat.v2.services(made.id).fetch()).postWebhookUrl).toBe(
    "https://example.com/chat",
  );
  expect((await stack.preview([chat], "--refresh", "--expect-no-changes")).code).toBe(0);
});

describe("an up under a rate limit converges", () => {
  test("when each request is refused at first", async () => {
    const stack = await newStack();
    const seen = new Set<string>();
    fault = ({ method, target, body }) => {
      const key = `${method} ${target} ${body}`;
      if (seen.has(key)) return undefined;
      seen.add(key);
      return { status: 429, code: 20429, message: "Too Many Requests", retryAfter: 0 };
    };
    const program = [workspace, ...Array.from({ length: 15 }, (_, index) => queue(`limited-${index}`))];
    const outcome = await stack.up(program);
    expect([outcome.code, Object.keys(outcome.steps)]).toEqual([0, expect.any(Array)]);
    expect(sentTo(/TaskQueues$/)).toBe(30);
    expect((await stack.preview(program, "--expect-no-changes")).code).toBe(0);
  });

  test("or says what to do when the limit does not end, and the rest is kept", async () => {
    const stack = await newStack({ config: limitedTo(1) });
    fault = ({ body }) =>
      body.includes("refused")
        ? { status: 429, code: 20429, message: "Too Many Requests", retryAfter: 0 }
        : undefined;
    const outcome = await stack.up([workspace, queue("fine"), queue("refused")]);
    expect(outcome.code).not.toBe(0);
    expect(outcome.output).toContain("Too Many Requests (HTTP 429, Twilio error 20429)");
    expect(outcome.output).toContain("Fix: Run it again: what was done is kept.");
    expect(Object.keys(stack.resources())).toContain("workspace");
    fault = () => undefined;
    expect((await stack.up([workspace, queue("fine"), queue("refused")])).code).toBe(0);
  });
});

test("a name that is taken: the error says how to go on, and adopting goes on", async () => {
  const stack = await newStack();
  expect((await stack.up([workspace])).code).toBe(0);
  const workspaceSid = stack.resources()["workspace"]!.id;
  const { sid } = await local.client.taskrouter.v1
    .workspaces(workspaceSid)
    .taskQueues.create({ friendlyName: "taken" });
  const refused = await stack.up([workspace, queue("taken")]);
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain(
    `Set adopt: true to take it over, or import it: pulumi import twilio:taskrouter:TaskQueue <name> ${workspaceSid}/${sid}`,
  );
  const adopting = {
    ...queue("taken"),
    inputs: { ...queue("taken").inputs, adopt: true, maxReservedWorkers: 3 },
  };
  const preview = await stack.preview([workspace, adopting]);
  expect(preview.messages).toContain(`takes over ${sid} and would change maxReservedWorkers from 1 to 3`);
  expect((await stack.up([workspace, adopting])).code).toBe(0);
  expect(stack.resources()["taken"]).toMatchObject({
    id: `${workspaceSid}/${sid}`,
    outputs: { adopted: true },
  });
});

test("an endpoint that goes away in the middle is waited for, then said", async () => {
  const stack = await newStack({ config: limitedTo(1) });
  expect((await stack.up([workspace])).code).toBe(0);
  fault = ({ method }) => (method === "GET" ? undefined : { drop: "before" });
  const renamed = { ...workspace, inputs: { friendlyName: "Renamed" } };
  const outcome = await stack.up([renamed]);
  expect(outcome.code).not.toBe(0);
  expect(outcome.output).toContain('can\'t update the Workspace "workspace"');
  expect(outcome.output).toContain("did not answer: socket hang up (ECONNRESET)");
  expect(sentTo(/Workspaces\/WS[0-9a-f]+$/)).toBe(2);
});

/** The usual configuration, with so many retries. */
function limitedTo(maxRetries: number): { [key: string]: string } {
  return { "twilio:maxRetries": String(maxRetries) };
}
