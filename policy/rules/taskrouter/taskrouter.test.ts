import type { Centre } from "../../testing/centre.ts";
import { at, set, testRule, type Case } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { contactUri } from "./contact-uri.ts";
import { queueExpression } from "./queue-expression.ts";
import { targetedExpressionRule } from "./targeted-expression.ts";
import { targetedWayOut } from "./targeted-way-out.ts";
import { workflowDefault } from "./workflow-default.ts";
import { workflowEffective } from "./workflow-effective.ts";
import { workflowValid } from "./workflow-valid.ts";

interface Target {
  [key: string]: unknown;
}
interface Routing {
  filters: { expression: unknown; targets: [Target, ...Target[]] }[];
  default_filter?: unknown;
}

/** Spoils the workflow's routing. */
const routing = (change: (routing: Routing) => void) => (resources: Centre) => {
  const { configuration } = at(resources, "inbound").properties as {
    configuration: { task_routing: Routing };
  };
  change(configuration.task_routing);
};
const first = (change: Target) =>
  routing(({ filters }) => {
    Object.assign(filters[0]!.targets[0], change);
  });
const asText = (resources: Centre) => {
  const { properties } = at(resources, "inbound");
  properties.configuration = JSON.stringify(properties.configuration);
};
const nothingKnown: Case = ["a configuration not known yet", set("inbound", { configuration: UNKNOWN }), []];
const asJson: Case = ["the same as JSON text", asText, []];

testRule(workflowValid, [
  [
    "a filter that does not parse",
    routing(({ filters }) => {
      filters[1]!.expression = 'skill = = "billing"';
    }),
    [
      'inbound.configuration.task_routing.filters[1].expression unexpected "=" at character 9, expecting OPERAND (the operators are == != > >= < <=)',
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
    "a target that is never reached",
    first({ timeout: undefined }),
    [
      "inbound.configuration.task_routing.filters[0].targets[1] is never reached: task_routing.filters[0].targets[0] has neither timeout nor skip_if, so tasks wait there",
    ],
  ],
  ["a queue not known yet", first({ queue: UNKNOWN }), []],
  nothingKnown,
  asJson,
]);

testRule(workflowDefault, [
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

const notOne = (expression: string): Case => [
  expression,
  first({ expression }),
  [
    `inbound.configuration.task_routing.filters[0].targets[0].expression is ${expression}, which does not name one worker`,
  ],
];

testRule(targetedExpressionRule, [
  notOne("task.targetWorker != worker.contact_uri"),
  notOne("task.targetWorker == worker.sid"),
  notOne("task.agent == worker.contact_uri"),
  notOne("task.targetWorker == worker.contact_uri OR 1 == 1"),
  notOne("worker.contact_uri != null"),
  ["the other way round", first({ expression: "worker.contact_uri == task.targetWorker" }), []],
  ["with AND", first({ expression: "worker.level > 1 AND task.targetWorker == worker.contact_uri" }), []],
  [
    "no expression at all",
    first({ expression: undefined }),
    [
      "inbound.configuration.task_routing.filters[0] takes tasks that name a worker (targetWorker != null), and no target compares them with one",
    ],
  ],
  ["a known worker instead", first({ expression: undefined, known_worker_sid: "task.targetSid" }), []],
  nothingKnown,
]);

const way = "inbound.configuration.task_routing.filters[0].targets[0]";

testRule(targetedWayOut, [
  [
    "no timeout",
    first({ timeout: undefined }),
    [`${way} has neither timeout nor skip_if: its tasks wait for one worker`],
  ],
  ["skip_if in its place", first({ timeout: undefined, skip_if: "workers.available == 0" }), []],
  [
    "nothing after it",
    routing(({ filters }) => {
      filters[0]!.targets.length = 1;
    }),
    [`${way} is the last way: no target after it takes the task to others`],
  ],
  [
    "nothing after it, and skip_if leads to the default filter",
    routing(({ filters }) => {
      filters[0]!.targets = [
        { ...filters[0]!.targets[0], timeout: undefined, skip_if: "workers.available == 0" },
      ];
    }),
    [],
  ],
  [
    "a known worker without a timeout",
    first({ expression: undefined, known_worker_sid: "task.targetSid", timeout: undefined }),
    [`${way} has neither timeout nor skip_if: its tasks wait for one worker`],
  ],
  [
    "the same worker after it",
    routing(({ filters }) => {
      const [target] = filters[0]!.targets;
      filters[0]!.targets = [target, { ...target }];
    }),
    [
      `${way} is the last way: no target after it takes the task to others`,
      `${way.replace("targets[0]", "targets[1]")} is the last way: no target after it takes the task to others`,
    ],
  ],
  nothingKnown,
]);

const untargeted = routing(({ filters }) => {
  filters.shift();
});

testRule(contactUri, [
  ["none", set("alice", { attributes: { skills: [] } }), ["alice.attributes.contact_uri is missing"]],
  ["no attributes", set("alice", { attributes: undefined }), ["alice.attributes.contact_uri is missing"]],
  ["as JSON text", set("alice", { attributes: '{"contact_uri":"client:alice"}' }), []],
  [
    "malformed",
    set("alice", { attributes: '{"contact_uri":"alice@example.com"}' }),
    ['alice.attributes.contact_uri is "alice@example.com", which is no client: address'],
  ],
  [
    "an empty one",
    set("alice", { attributes: { contact_uri: "client:" } }),
    ['alice.attributes.contact_uri is "client:", which is no client: address'],
  ],
  ["not known yet", set("alice", { attributes: { contact_uri: UNKNOWN } }), []],
  ["attributes not known yet", set("alice", { attributes: UNKNOWN }), []],
  [
    "none, and nobody is addressed",
    (resources) => {
      untargeted(resources);
      set("alice", { attributes: {} })(resources);
    },
    [],
  ],
]);
