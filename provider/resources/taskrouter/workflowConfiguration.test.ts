import { describe, expect, test } from "@jest/globals";

import { formatPath, UNKNOWN } from "../../engine/value.ts";
import type { Value } from "../../engine/value.ts";
import { inspectWorkflow } from "./workflowConfiguration.ts";

const queue = `WQ${"1".repeat(32)}`;
const sound = { expression: 'topic == "billing"', targets: [{ queue }] };

/** Problems of a document, by path. */
const problems = (document: Value) =>
  Object.fromEntries(inspectWorkflow(document).map(({ path, reason }) => [formatPath(path), reason]));
const withFilters = (...filters: Value[]): Value => ({ task_routing: { filters } });
const withTarget = (target: Value): Value => withFilters({ ...sound, targets: [target] });

describe("fine", () => {
  const cases: [string, Value][] = [
    ["a default only", { task_routing: { default_filter: { queue } } }],
    ["nothing at all", { task_routing: {} }],
    ["no filters", { task_routing: { filters: [] } }],
    ["a filter", withFilters({ ...sound, filter_friendly_name: "Billing" })],
    [
      "every key of a target",
      withTarget({
        queue,
        expression: "worker.level > 1",
        priority: 1,
        timeout: 10,
        order_by: "worker.level DESC",
        skip_if: "1==1",
        known_worker_sid: "task.sid",
      }),
    ],
    ["numbers as texts", withTarget({ queue, priority: "0", timeout: "30" })],
    ["a target that inherits its queue", withFilters({ ...sound, targets: [{ queue, timeout: 5 }, {}] })],
    ["unknown: the document", UNKNOWN],
    ["unknown: the routing", { task_routing: UNKNOWN }],
    ["unknown: the filters", { task_routing: { filters: UNKNOWN, default_filter: UNKNOWN } }],
    ["unknown: a filter", withFilters(UNKNOWN)],
    ["unknown: inside a filter", withFilters({ expression: UNKNOWN, targets: UNKNOWN })],
    ["unknown: a target", withFilters({ ...sound, targets: [UNKNOWN] })],
    ["unknown: a queue", withTarget({ queue: UNKNOWN, timeout: UNKNOWN })],
  ];
  for (const [name, document] of cases) test(name, () => expect(problems(document)).toEqual({}));
});

describe("wrong", () => {
  const filter = "task_routing.filters[0]";
  const target = `${filter}.targets[0]`;
  const cases: [string, Value, { [path: string]: RegExp }][] = [
    ["no routing", { filters: [] }, { task_routing: /^is missing; write / }],
    [
      "filters that are no array",
      { task_routing: { filters: {} } },
      { "task_routing.filters": /^must be an array of filters$/ },
    ],
    [
      "a default that is no object",
      { task_routing: { default_filter: queue } },
      { "task_routing.default_filter": /^must be an object/ },
    ],
    [
      "a default without a queue",
      { task_routing: { default_filter: {} } },
      { "task_routing.default_filter.queue": /got nothing$/ },
    ],
    [
      "a filter that is no object",
      withFilters("x"),
      { [filter]: /^must be an object with `expression` and `targets`$/ },
    ],
    [
      "a filter without an expression",
      withFilters({ targets: [{ queue }] }),
      { [`${filter}.expression`]: /^must be an expression/ },
    ],
    [
      "a filter without targets",
      withFilters({ ...sound, targets: [] }),
      { [`${filter}.targets`]: /at least one target/ },
    ],
    [
      "a mistyped key of a filter",
      withFilters({ ...sound, name: "x" }),
      { [`${filter}.name`]: /^is no key that TaskRouter reads here/ },
    ],
    [
      "a mistyped key of a target",
      withTarget({ queue, ordr_by: "x" }),
      { [`${target}.ordr_by`]: /^is no key/ },
    ],
    [
      "a first target without a queue",
      withTarget({ timeout: 5 }),
      { [`${target}.queue`]: /^must be the SID of a queue/ },
    ],
    ["a queue by its name", withTarget({ queue: "Billing" }), { [`${target}.queue`]: /got "Billing"$/ }],
    [
      "no time",
      withTarget({ queue, timeout: 0 }),
      { [`${target}.timeout`]: /^must be seconds, a whole number from 1, got 0$/ },
    ],
    [
      "a negative priority",
      withTarget({ queue, priority: "-1" }),
      { [`${target}.priority`]: /^must be a whole number from 0, got "-1"$/ },
    ],
    [
      "two known workers",
      withTarget({ queue, known_worker_sid: "a", known_worker_friendly_name: "b" }),
      { [target]: /^has both/ },
    ],
    [
      "several at once",
      withFilters({ ...sound, expression: "" }, { ...sound, targets: [{ queue: 1, timeout: -1 }] }),
      {
        [`${filter}.expression`]: /^must be an expression/,
        "task_routing.filters[1].targets[0].queue": /got 1$/,
        "task_routing.filters[1].targets[0].timeout": /got -1$/,
      },
    ],
  ];
  for (const [name, document, expected] of cases) {
    test(name, () => {
      const found = problems(document);
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [path, reason] of Object.entries(expected)) expect(found[path]).toMatch(reason);
    });
  }
});
