import { set, testRule } from "../../testing/test-rule.ts";
import { asJson, first, nothingKnown, routing } from "../../testing/spoil-workflow.ts";
import { UNKNOWN } from "../../unknown.ts";
import { queueExpression } from "./queue-expression.ts";
import { workflowDefault } from "./workflow-default.ts";
import { workflowEffective } from "./workflow-effective.ts";
import { workflowIdle } from "./workflow-idle.ts";
import { workflowValid } from "./workflow-valid.ts";

testRule(workflowValid, [
  [
    "a filter that does not parse",
    routing(({ filters }) => {
      filters[1]!.expression = 'skill == = "billing"';
    }),
    [
      'inbound.configuration.task_routing.filters[1].expression unexpected "=" at character 10, expecting OPERAND (write ==)',
    ],
  ],
  [
    "a target that does not parse",
    first({ expression: "task.targetWorker ==" }),
    [
      "inbound.configuration.task_routing.filters[0].targets[0].expression unexpected end at character 21, expecting OPERAND",
    ],
  ],
  [
    "no queue",
    first({ queue: undefined }),
    [
      "inbound.configuration.task_routing.filters[0].targets[0].queue is missing; the first target needs the SID of a TaskQueue",
    ],
  ],
  ["a queue not known yet", first({ queue: UNKNOWN }), []],
  ["an expression not known yet", first({ expression: UNKNOWN }), []],
  [
    "a filter not known yet",
    routing(({ filters }) => {
      filters[0]!.expression = UNKNOWN;
    }),
    [],
  ],
  [
    "no JSON",
    set("inbound", { configuration: "{" }),
    [
      "inbound.configuration is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)",
    ],
  ],
  nothingKnown,
  asJson,
]);

testRule(workflowEffective, [
  [
    "a filter that can never match",
    routing(({ filters }) => {
      filters[1]!.expression = 'skill == "billing" AND skill == "sales"';
    }),
    [
      "inbound.configuration.task_routing.filters[1].expression can never be true: no task matches this filter",
    ],
  ],
  [
    "a target that no worker can satisfy",
    first({ expression: "worker.level == 1 AND worker.level == 2" }),
    [
      "inbound.configuration.task_routing.filters[0].targets[0].expression can never be true: no worker gets a task in this step",
    ],
  ],
  [
    "a misspelt key",
    first({ orderBy: "worker.level DESC" }),
    [
      "inbound.configuration.task_routing.filters[0].targets[0].orderBy is not a key TaskRouter knows; write order_by",
    ],
  ],
  ["a target that is off for a time", first({ expression: "1==0" }), []],
  [
    "a filter that is off",
    routing(({ filters }) => {
      filters[1]!.expression = "1==0";
    }),
    [],
  ],
  ["a target that is never reached", first({ timeout: undefined }), []],
  ["a queue not known yet", first({ queue: UNKNOWN }), []],
  nothingKnown,
  asJson,
]);

testRule(workflowIdle, [
  [
    "a target that is never reached",
    first({ timeout: undefined }),
    [
      "inbound.configuration.task_routing.filters[0].targets[1] is never reached: task_routing.filters[0].targets[0] has neither timeout nor skip_if, so tasks wait there",
    ],
  ],
  ["a timeout not known yet", first({ timeout: UNKNOWN }), []],
  ["a skip_if not known yet", first({ timeout: undefined, skip_if: UNKNOWN }), []],
  [
    "a filter that is off",
    routing(({ filters }) => {
      filters[1]!.expression = "1==0";
    }),
    ["inbound.configuration.task_routing.filters[1].expression is off: no task matches this filter"],
  ],
  nothingKnown,
  asJson,
]);

testRule(workflowDefault, [
  [
    "none, where a filter takes every task and keeps it",
    routing((all) => {
      delete all.default_filter;
      all.filters[1]!.expression = "1==1";
    }),
    [],
  ],
  [
    "none, where tasks skip the filter that takes them all",
    routing((all) => {
      delete all.default_filter;
      all.filters[1]!.expression = "1==1";
      all.filters[1]!.targets.length = 1;
      Object.assign(all.filters[1]!.targets[0], { timeout: undefined, skip_if: "workers.available == 0" });
    }),
    ["inbound.configuration.task_routing.default_filter is missing"],
  ],
  [
    "none",
    routing((all) => {
      delete all.default_filter;
    }),
    ["inbound.configuration.task_routing.default_filter is missing"],
  ],
  [
    "a queue not known yet",
    routing((all) => {
      all.default_filter = { queue: UNKNOWN };
    }),
    [],
  ],
  nothingKnown,
]);

testRule(queueExpression, [
  ["every worker", set("billing", { targetWorkers: "1==1" }), []],
  ["nobody, on purpose", set("billing", { targetWorkers: "1==0" }), []],
  [
    "a prefix without which workers fit all the same",
    set("billing", { targetWorkers: "worker.level > 1 OR level > 1" }),
    [],
  ],
  [
    "a worker's prefix",
    set("billing", { targetWorkers: "level > 1 AND worker.skill == 'x'" }),
    [
      "billing.targetWorkers has worker.skill at character 15, which is always missing: a queue reads worker attributes without `worker.`",
    ],
  ],
  [
    "a contradiction",
    set("billing", { targetWorkers: "team == 1 AND team == 2" }),
    ["billing.targetWorkers can never be true: no worker is in this queue"],
  ],
  [
    "an unfinished one",
    set("billing", { targetWorkers: "routing.skills HAS" }),
    ["billing.targetWorkers does not parse: unexpected end at character 19, expecting OPERAND"],
  ],
  ["not known yet", set("billing", { targetWorkers: UNKNOWN }), []],
]);
