import { sid } from "../../testing/centre.ts";
import { at, set, testRule, type Case } from "../../testing/test-rule.ts";
import { first, nothingKnown, routing, type Target } from "../../testing/spoil-workflow.ts";
import { UNKNOWN } from "../../unknown.ts";
import { contactUri } from "./contact-uri.ts";
import { messagesKept } from "./messages-kept.ts";
import { targetedAlone } from "./targeted-alone.ts";
import { targetedAttribute } from "./targeted-attribute.ts";
import { targetedExpressionRule } from "./targeted-expression.ts";
import { targetedWayOut } from "./targeted-way-out.ts";

const firstExpression = "inbound.configuration.task_routing.filters[0].targets[0].expression";
const allowed = (expression: string): Case => [expression, first({ expression }), []];
const halfNamed = (expression: string, left: string, right: string): Case => [
  expression,
  first({ expression }),
  [
    `${firstExpression} compares ${left} with ${right}, of which one finds nothing: in a target names start with \`task.\` or \`worker.\``,
  ],
];

testRule(targetedExpressionRule, [
  halfNamed("targetWorker == worker.contact_uri", "targetWorker", "worker.contact_uri"),
  halfNamed("task.targetWorker==contact_uri", "task.targetWorker", "contact_uri"),
  halfNamed("worker.level > 1 AND task.language IN languages", "task.language", "languages"),
  allowed("task.targetWorker != worker.contact_uri"),
  allowed("task.targetWorker == worker.sid"),
  allowed("task.agent == worker.contact_uri"),
  allowed("task.targetWorker == worker.contact_uri OR 1 == 1"),
  allowed("worker.contact_uri != null"),
  allowed("isSurvey == true"),
  ["no expression at all", first({ expression: undefined }), []],
  nothingKnown,
]);

testRule(targetedAttribute, [
  [
    "the sid",
    first({ expression: "task.targetWorker == worker.sid" }),
    [`${firstExpression} compares targetWorker with worker.sid`],
  ],
  allowed("task.targetWorker != worker.contact_uri"),
  allowed("task.targetWorker == worker.sid OR task.vip == true"),
  ["the other way round", first({ expression: "worker.contact_uri == task.targetWorker" }), []],
  ["with AND", first({ expression: "worker.level > 1 AND task.targetWorker == worker.contact_uri" }), []],
  [
    "no expression at all",
    first({ expression: undefined }),
    [
      "inbound.configuration.task_routing.filters[0] takes tasks that name a worker (targetWorker != null), and no target asks whom",
    ],
  ],
  ["a known worker instead", first({ expression: undefined, known_worker_sid: "task.targetSid" }), []],
  nothingKnown,
]);

const way = "inbound.configuration.task_routing.filters[0].targets[0]";
const alone = `${way} is for the one worker whom the task names, however long that worker is away`;
const only = (change: Target) =>
  routing(({ filters }) => {
    Object.assign(filters[0]!.targets[0], change);
    filters[0]!.targets.length = 1;
  });

testRule(targetedWayOut, [
  [
    "no timeout",
    first({ timeout: undefined }),
    [
      `${way} has neither timeout nor skip_if: its tasks wait for one worker, and targets[1] is never reached`,
    ],
  ],
  ["a timeout not known yet", first({ timeout: UNKNOWN }), []],
  ["skip_if in its place", first({ timeout: undefined, skip_if: "workers.available == 0" }), []],
  ["nobody else is meant to get it", only({ timeout: undefined }), []],
  [
    "a known worker without a timeout",
    first({ expression: undefined, known_worker_sid: "task.targetSid", timeout: undefined }),
    [
      `${way} has neither timeout nor skip_if: its tasks wait for one worker, and targets[1] is never reached`,
    ],
  ],
  nothingKnown,
]);

testRule(targetedAlone, [
  ["no timeout and nothing after it", only({ timeout: undefined }), [alone]],
  [
    "a known worker",
    only({ expression: undefined, known_worker_friendly_name: "task.agent", timeout: undefined }),
    [alone],
  ],
  ["others who never get it", first({ timeout: undefined }), []],
  ["a timeout", only({}), []],
  nothingKnown,
]);

const canceled = `${way} is the last way for its tasks, and only for one worker: they are canceled after its timeout`;

testRule(messagesKept, [
  ["nothing after it", only({}), [canceled]],
  ["a known worker", only({ expression: undefined, known_worker_sid: "task.sid" }), [canceled]],
  [
    "nothing but a delay after it",
    routing(({ filters }) => {
      filters[0]!.targets[1] = { queue: filters[0]!.targets[0].queue, expression: "1==0", timeout: 5 };
    }),
    [canceled.replace("targets[0]", "targets[1]")],
  ],
  ["the task waits for its worker", only({ timeout: undefined }), []],
  [
    "a later filter for the same tasks",
    routing(({ filters }) => {
      filters[0]!.expression = 'targetWorker != null AND skill == "billing"';
      filters[0]!.targets.length = 1;
    }),
    [],
  ],
  [
    "a later filter for every task",
    routing(({ filters }) => {
      filters[0]!.targets.length = 1;
      filters[1]!.expression = "1==1";
    }),
    [],
  ],
  [
    "skip_if leads to the default filter",
    only({ timeout: undefined, skip_if: "workers.available == 0" }),
    [],
  ],
  [
    "skip_if leads nowhere",
    (resources) => {
      only({ timeout: undefined, skip_if: "workers.available == 0" })(resources);
      routing((all) => {
        delete all.default_filter;
      })(resources);
    },
    [canceled.replace("canceled after its timeout", "removed when skip_if leaves it")],
  ],
  [
    "no message comes to the workflow",
    (resources) => {
      only({})(resources);
      set("flow", { definition: { states: [] } })(resources);
    },
    [],
  ],
  [
    "SIDs that are not known yet, and Pulumi knows what comes from what",
    (resources) => {
      only({})(resources);
      for (const name of ["inbound", "flow"]) set(name, { sid: UNKNOWN })(resources);
      set("flow", { definition: UNKNOWN })(resources);
      set("main-flow", { integration: UNKNOWN })(resources);
      at(resources, "flow").dependsOn = { definition: [at(resources, "inbound").urn] };
      at(resources, "main-flow").dependsOn = { integration: [at(resources, "flow").urn] };
    },
    [canceled],
  ],
  [
    "a Flex Flow that makes tasks itself",
    (resources) => {
      only({})(resources);
      set("flow", { definition: { states: [] } })(resources);
      set("main-flow", { integration: { workflowSid: at(resources, "inbound").properties.sid } })(resources);
    },
    [canceled],
  ],
  [
    "a Flex Flow and an Address that are off",
    (resources) => {
      only({})(resources);
      set("main-flow", { enabled: false })(resources);
      set("talk-address", { autoCreation: { enabled: false, studioFlowSid: sid("FW", 1) } })(resources);
    },
    [],
  ],
  [
    "a Flex Flow that is off, and an Address of the same Studio flow that is on",
    (resources) => {
      only({})(resources);
      set("main-flow", { enabled: false })(resources);
    },
    [canceled],
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
    ['alice.attributes.contact_uri is "alice@example.com", which is no address'],
  ],
  [
    "an empty one",
    set("alice", { attributes: { contact_uri: "client:" } }),
    ['alice.attributes.contact_uri is "client:", which is no address'],
  ],
  ["a telephone", set("alice", { attributes: { contact_uri: "+12025550112" } }), []],
  ["an address of SIP", set("alice", { attributes: { contact_uri: "sip:alice@example.com" } }), []],
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
