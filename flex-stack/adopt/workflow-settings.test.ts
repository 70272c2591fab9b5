import { expect, test } from "@jest/globals";
import type { Value } from "../../provider/access.ts";
import { workflowRules } from "./workflow-settings.ts";

const key = (sid: string) => ({ WQ1: "billing", WQ2: "everyone" })[sid];
const filters = (...targets: Value[]) => ({
  task_routing: { filters: [{ filter_friendly_name: "F", expression: "a == 1", targets }] },
});

test("a document in the words of the configuration", () => {
  const target = {
    queue: "WQ1",
    expression: "worker.level > 2",
    priority: 0,
    timeout: 60,
    order_by: "worker.level DESC",
    skip_if: "workers.available == 0",
    known_worker_friendly_name: "task.agent",
  };
  const { task_routing } = filters(target, {}, { known_worker_sid: "task.sid" });
  const rules = workflowRules({ task_routing: { ...task_routing, default_filter: { queue: "WQ2" } } }, key);
  expect(rules).toEqual({
    filters: [
      {
        friendlyName: "F",
        expression: "a == 1",
        targets: [
          {
            queue: "billing",
            expression: "worker.level > 2",
            priority: 0,
            timeout: 60,
            orderBy: "worker.level DESC",
            skipIf: "workers.available == 0",
            knownWorkerFriendlyName: "task.agent",
          },
          {},
          { knownWorkerSid: "task.sid" },
        ],
      },
    ],
    defaultQueue: "everyone",
  });
  expect(workflowRules({ task_routing: { filters: [] } }, key)).toEqual({});
});

test.each<[Value | undefined, string]>([
  [undefined, "configuration is missing"],
  ["no JSON", "configuration is no object"],
  [{}, "task_routing is missing"],
  [
    { task_routing: { filters: [] }, more: 1 },
    'configuration has "more", which the configuration has no word for',
  ],
  [{ task_routing: {} }, "filters is missing"],
  [{ task_routing: { filters: {} } }, "filters is no list"],
  [
    { task_routing: { filters: [{ expression: "1==1", targets: [] }] } },
    "filters[0].filter_friendly_name is missing",
  ],
  [filters({ queue: "WQ9" }), "filters[0].targets[0].queue is WQ9, no queue of the configuration"],
  [filters({ queue: "WQ1", timeout: "30" }), 'filters[0].targets[0].timeout is "30", which is no number'],
  [
    filters({ queue: "WQ1", skip: 1 }),
    'filters[0].targets[0] has "skip", which the configuration has no word for',
  ],
  [filters({ queue: "WQ1" }, 7), "filters[0].targets[1] is no object"],
  [
    { task_routing: { filters: [], default_filter: { queue: "WQ1", task_queue_sid: "x" } } },
    'default_filter has "task_queue_sid", which the configuration has no word for',
  ],
])("%j: %s", (document, message) => {
  expect(() => workflowRules(document, key)).toThrow(message);
});
