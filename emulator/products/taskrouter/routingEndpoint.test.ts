import { expect, test } from "@jest/globals";
import type { RoutingTrace } from "../../../routing/index.ts";
import { contactCentre } from "../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const ask = async (sid: string) => {
  const { status, body } = await local.own("GET", `/routing/${sid}`);
  return { status, ...(body as { trace?: RoutingTrace | null; code?: number }) };
};

test("tells of every worker why the task does not go there", async () => {
  const centre = await contactCentre(local, { queue: { targetWorkers: "level > 1" } });
  await centre.addWorker("ann", { attributes: { level: 2 }, activity: "Offline" });
  await centre.addWorker("bob", { attributes: { level: 1 } });
  const { status, trace } = await ask(await centre.addTask());
  expect(status).toBe(200);
  expect(trace?.outcome.kind).toBe("waiting");
  const reasons = trace?.defaultStep?.workers.map((worker) => [
    worker.friendlyName,
    worker.reasons.map(({ reason }) => reason),
  ]);
  expect(reasons).toEqual([
    ["ann", ["activity"]],
    ["bob", ["not in queue"]],
  ]);
});

test("has nothing to tell of a task that passes no workflow, or is not there", async () => {
  const centre = await contactCentre(local);
  const routingTarget = await centre.addWorker("ann");
  const sid = await centre.addTask({ workflowSid: undefined, routingTarget });
  expect(await ask(sid)).toEqual({ status: 200, trace: null });
  expect(await ask(`WT${"0".repeat(32)}`)).toMatchObject({ status: 404, code: 20404 });
});

interface Picture {
  readonly workspaces: {
    readonly sid: string;
    readonly task_channels: string[];
    readonly workflows: Record<string, unknown>[];
    readonly queues: Record<string, unknown>[];
    readonly worker_count: number;
    readonly workers: Record<string, unknown>[];
  }[];
}

test("draws workflows, queues and workers, with what waits where", async () => {
  const centre = await contactCentre(local, {
    queues: { Billing: { targetWorkers: 'skill == "billing"' } },
    routing: (queue) => ({
      filters: [
        {
          filter_friendly_name: "Bills",
          expression: 'skill == "billing"',
          targets: [
            { queue: queue("Billing"), timeout: 60 },
            { expression: "1==1", skip_if: "1==2" },
          ],
        },
      ],
      default_filter: { queue: queue("Everyone") },
    }),
  });
  const ann = await centre.addWorker("ann", { attributes: { skill: "billing" }, capacity: 2 });
  const bob = await centre.addWorker("bob", { activity: "Offline" });
  const [taken] = [await centre.addTask({ attributes: { skill: "billing" } })];
  await centre.respond(taken, "ann", "accepted");
  for (let index = 0; index < 3; index++) await centre.addTask({ attributes: { skill: "billing" } });
  await local.advance(10);
  const { workspaces } = (await local.own("GET", "/routing")).body as Picture;
  const picture = workspaces.find(({ sid }) => sid === centre.workspaceSid);
  const [everyone, billing] = [centre.queues["Everyone"], centre.queues["Billing"]];
  expect(picture?.workflows).toEqual([
    {
      sid: centre.workflowSid,
      name: "Messages",
      reservation_timeout: 120,
      filters: [
        {
          name: "Bills",
          expression: 'skill == "billing"',
          targets: [
            { queue: billing, timeout: 60 },
            { queue: billing, expression: "1==1", skip_if: "1==2" },
          ],
        },
      ],
      default_queue: everyone,
    },
  ]);
  expect(picture?.queues.find(({ sid }) => sid === billing)).toEqual({
    sid: billing,
    name: "Billing",
    target_workers: 'skill == "billing"',
    max_reserved_workers: 1,
    tasks: { pending: 2, reserved: 1, assigned: 1, wrapping: 0 },
    longest_wait: 10,
    worker_count: 1,
    available: 1,
    workers: [ann],
  });
  expect(picture?.queues.find(({ sid }) => sid === everyone)).toMatchObject({
    tasks: { pending: 0, reserved: 0, assigned: 0, wrapping: 0 },
    longest_wait: null,
    worker_count: 2,
    available: 1,
  });
  expect(picture?.worker_count).toBe(2);
  expect(picture?.workers.find(({ sid }) => sid === ann)).toMatchObject({
    name: "ann",
    activity: "Available",
    available: true,
    attributes: { skill: "billing" },
    channels: expect.arrayContaining([
      { name: "default", available: true, capacity: 2, tasks: 2 },
    ]) as unknown,
  });
  expect(picture?.workers.find(({ sid }) => sid === bob)).toMatchObject({ available: false });
  expect(picture?.task_channels).toContain("default");
});

test("tries a task without making one", async () => {
  const centre = await contactCentre(local, {
    workflow: { friendlyName: "Tried" },
    queues: { Billing: { targetWorkers: 'skill == "billing"' } },
    routing: (queue) => ({
      filters: [
        {
          filter_friendly_name: "Bills",
          expression: 'skill == "billing"',
          targets: [{ queue: queue("Billing"), timeout: 30 }, { queue: queue("Everyone") }],
        },
      ],
    }),
  });
  await centre.addWorker("cat");
  const ask = (question: object) => local.own("POST", "/routing", { workflow: "Tried", ...question });
  expect((await ask({ attributes: { skill: "billing" } })).body).toMatchObject({
    workflow: { sid: centre.workflowSid, name: "Tried" },
    task_channel: "default",
    stages: [
      {
        age: 0,
        text: `waiting in queue Billing (${centre.queues["Billing"]}), priority 0, until the task is 30 s old`,
      },
      {
        age: 30,
        text: `offered to cat in queue Everyone (${centre.queues["Everyone"]}), priority 0, until its own timeout`,
        reasons: expect.arrayContaining(["    cat is offered the task"]) as unknown,
      },
    ],
    outcome: { kind: "offered", workers: [{ friendlyName: "cat" }] },
  });
  expect((await ask({ attributes: {}, priority: 5 })).body).toMatchObject({
    stages: [{ text: "not created: no filter matches, and there is no default filter" }],
    outcome: { kind: "unmatched" },
  });
  expect(await centre.workspace.tasks.list()).toEqual([]);
});

const deep = JSON.parse(`${'{"a":'.repeat(150)}1${"}".repeat(150)}`) as unknown;

test.each([
  [undefined, /^Send \{"attributes"/],
  [[], /^Send/],
  [{}, /^Send/],
  [{ attributes: "x" }, /^Send/],
  [{ attributes: [] }, /^Send/],
  [{ attributes: {}, priority: -1 }, /^Send/],
  [{ attributes: {}, more: 1 }, /^Send/],
  [{ attributes: deep }, /^Send/],
  [{ attributes: { a: "x".repeat(4096) } }, /^A task's attributes may have up to 4096 characters of JSON$/],
  [{ attributes: {} }, /^More than one workflow is meant: say which by its SID: "Messages" \(WW/],
  [{ attributes: {}, workflow: "<b>" }, /^There is no workflow "<b>"; there are "Messages"/],
  [
    { attributes: {}, workflow: "Tried", task_channel: "fax" },
    /^There is no task channel "fax"; there are default/,
  ],
])("refuses to try %j", async (question, message) => {
  expect(await local.own("POST", "/routing", question)).toMatchObject({
    status: 400,
    body: { code: 20001, message: expect.stringMatching(message) as unknown },
  });
});
