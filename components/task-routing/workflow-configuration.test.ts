import { expect, test } from "@jest/globals";
import { targetedRouting } from "./targeted-routing.ts";
import { workflowConfiguration } from "./workflow-configuration.ts";

const queues = { billing: "WQ1", everyone: "WQ2" };

test("rules become TaskRouter's JSON, with SIDs for keys and nothing that is not set", () => {
  const rules = {
    filters: [
      {
        friendlyName: "Billing",
        expression: 'skill == "billing"',
        targets: [
          {
            queue: "billing",
            expression: "worker.level > 2",
            priority: 0,
            timeout: 60,
            orderBy: "worker.level DESC",
            skipIf: "workers.available == 0",
          },
          { knownWorkerSid: "task.agentSid" },
          { queue: "everyone", knownWorkerFriendlyName: "task.agent" },
        ],
      },
    ],
    defaultQueue: "everyone",
  };
  expect(workflowConfiguration(rules, queues, "Workflow")).toEqual({
    task_routing: {
      filters: [
        {
          filter_friendly_name: "Billing",
          expression: 'skill == "billing"',
          targets: [
            {
              queue: "WQ1",
              expression: "worker.level > 2",
              priority: 0,
              timeout: 60,
              order_by: "worker.level DESC",
              skip_if: "workers.available == 0",
            },
            { known_worker_sid: "task.agentSid" },
            { queue: "WQ2", known_worker_friendly_name: "task.agent" },
          ],
        },
      ],
      default_filter: { queue: "WQ2" },
    },
  });
  expect(workflowConfiguration({}, queues, "Workflow")).toEqual({ task_routing: { filters: [] } });
});

test("an unknown queue is named with the known ones", () => {
  expect(() => workflowConfiguration({ defaultQueue: "bill" }, queues, "centre")).toThrow(
    'There is no queue "bill" in centre (declared: billing, everyone).',
  );
});

test("a task goes to the worker it names, and elsewhere after the timeout", () => {
  expect(targetedRouting({ queue: "everyone", overflow: "billing" })).toEqual({
    friendlyName: "Named worker",
    expression: "targetWorker != null",
    targets: [
      { queue: "everyone", expression: "task.targetWorker == worker.contact_uri", timeout: 60 },
      { queue: "billing" },
    ],
  });
  expect(
    targetedRouting({
      queue: "everyone",
      overflow: "billing",
      timeout: 5,
      skipIf: "1==1",
      overflowPriority: 9,
    }).targets,
  ).toEqual([
    { queue: "everyone", expression: "task.targetWorker == worker.contact_uri", timeout: 5, skipIf: "1==1" },
    { queue: "billing", priority: 9 },
  ]);
});
