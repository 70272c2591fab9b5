import { describe, expect, test } from "@jest/globals";
import type { Json, JsonObject } from "../json.ts";
import { compileWorkflow } from "./compile.ts";
import type { WorkflowFilter } from "./configuration.ts";
import { WorkflowError } from "./problem.ts";
import { describeOutcome, renderTrace } from "./render.ts";
import { Roster } from "./roster.ts";
import { routeTask } from "./route.ts";
import type { RoutingTrace } from "./trace.ts";
import type { RoutingChannel, RoutingQueue, RoutingTask, RoutingWorker } from "./workspace.ts";

const now = new Date("2024-01-08T09:30:00Z");

const queues: readonly RoutingQueue[] = [
  { sid: "WQ_everyone", friendlyName: "Everyone" },
  { sid: "WQ_billing", friendlyName: "Billing", targetWorkers: "routing.skills HAS 'billing'" },
  { sid: "WQ_wide", friendlyName: "Wide", maxReservedWorkers: 2 },
  { sid: "WQ_nobody", friendlyName: "Nobody", targetWorkers: "1==0" },
];

const free: RoutingChannel = {
  available: true,
  configuredCapacity: 1,
  assignedTasks: 0,
  activeReservations: 0,
};
const full: RoutingChannel = {
  available: true,
  configuredCapacity: 1,
  assignedTasks: 1,
  activeReservations: 1,
};

/** An idle worker with capacity for one sms; `since` sets who is idle the longest. */
function worker(name: string, changes: Partial<RoutingWorker> & { since?: number } = {}): RoutingWorker {
  const { since = 0, attributes, ...rest } = changes;
  return {
    sid: `WK_${name}`,
    friendlyName: name,
    attributes: { contact_uri: `client:${name}`, ...attributes },
    activitySid: "WA_available",
    activityName: "Available",
    available: true,
    channels: { sms: free },
    idleSince: since,
    ...rest,
  };
}

const offline = { activitySid: "WA_offline", activityName: "Offline", available: false };
const billing = { routing: { skills: ["billing"] } };
const everyone = [{ queue: "WQ_everyone" }];

interface Scenario {
  filters?: WorkflowFilter[];
  default?: string;
  workers?: RoutingWorker[];
  attributes?: JsonObject;
  task?: Partial<RoutingTask>;
}

function route(scenario: Scenario, reasons = true): RoutingTrace {
  return routeTask({
    workflow: compileWorkflow({
      task_routing: {
        filters: scenario.filters ?? [],
        ...(scenario.default ? { default_filter: { queue: scenario.default } } : {}),
      },
    }),
    roster: new Roster({ queues, workers: scenario.workers ?? [] }),
    task: { attributes: scenario.attributes ?? {}, age: 0, taskChannel: "sms", ...scenario.task },
    now,
    reasons,
  });
}

/** The outcome as a line; the same with and without reasons. */
function outcome(scenario: Scenario): string {
  const trace = route(scenario);
  expect(route(scenario, false).outcome).toEqual(trace.outcome);
  return describeOutcome(trace.outcome);
}

const everyoneLine = "queue Everyone (WQ_everyone), priority 0, until its own timeout";

describe("filters", () => {
  const filters: WorkflowFilter[] = [
    { filter_friendly_name: "Gold", expression: "tier == 'gold'", targets: [{ queue: "WQ_billing" }] },
    { expression: "tier != null", targets: everyone },
  ];
  test.each([
    [
      "the first that matches",
      { tier: "gold" },
      "waiting in queue Billing (WQ_billing), priority 0, until its own timeout",
    ],
    ["a later one", { tier: "tin" }, `waiting in ${everyoneLine}`],
    ["the default", {}, "waiting in queue Nobody (WQ_nobody), priority 0, until its own timeout"],
  ])("%s", (_name, attributes: JsonObject, line) => {
    expect(outcome({ filters, default: "WQ_nobody", attributes })).toBe(line);
  });

  test("none, without a default", () => {
    expect(outcome({ filters })).toBe("not created: no filter matches, and there is no default filter");
  });

  test("say why they matched or not", () => {
    const trace = route({ filters, attributes: { tier: "tin" } });
    expect(trace.filters.map(({ name, matched, causes }) => [name, matched, causes[0]?.readings])).toEqual([
      ["Gold", false, [{ path: "tier", value: "tin" }]],
      ["filter 2", true, [{ path: "tier", value: "tin" }]],
    ]);
  });

  test("read the clock", () => {
    const open =
      "taskrouter.dayOfWeek IN ['Mon', 'Tue'] AND taskrouter.currentTime > 0800 AND taskrouter.currentTime < 1830";
    expect(outcome({ filters: [{ expression: open, targets: everyone }] })).toBe(
      `waiting in ${everyoneLine}`,
    );
  });
});

describe("who is eligible", () => {
  const cases: readonly (readonly [name: string, scenario: Scenario, reasons: readonly unknown[]])[] = [
    ["an idle worker", { workers: [worker("ann")] }, []],
    [
      "not one outside the queue",
      { filters: [{ expression: "1==1", targets: [{ queue: "WQ_billing" }] }], workers: [worker("ann")] },
      [expect.objectContaining({ reason: "not in queue", queue: "Billing" })],
    ],
    [
      "not one in an unavailable activity",
      { workers: [worker("ann", offline)] },
      [{ reason: "activity", activityName: "Offline" }],
    ],
    [
      "not one without the channel",
      { workers: [worker("ann", { channels: { chat: free } })] },
      [{ reason: "channel", channel: "sms", exists: false }],
    ],
    [
      "not one whose channel is off",
      { workers: [worker("ann", { channels: { sms: { ...free, available: false } } })] },
      [{ reason: "channel", channel: "sms", exists: true }],
    ],
    [
      "not one without capacity left",
      { workers: [worker("ann", { channels: { sms: full } })] },
      [{ reason: "capacity", channel: "sms", used: 1, capacity: 1 }],
    ],
    [
      "not one with capacity 0",
      { workers: [worker("ann", { channels: { sms: { ...free, configuredCapacity: 0 } } })] },
      [{ reason: "capacity", channel: "sms", used: 0, capacity: 0 }],
    ],
    [
      "one without capacity when the task ignores it",
      { workers: [worker("ann", { channels: { sms: full } })], task: { ignoreCapacity: true } },
      [],
    ],
    [
      "not one who has a reservation for the task",
      { workers: [worker("ann")], task: { reservedWorkers: ["WK_ann"] } },
      [{ reason: "already reserved" }],
    ],
    [
      "not one whom the target expression leaves out",
      {
        filters: [
          {
            expression: "1==1",
            targets: [{ queue: "WQ_everyone", expression: "task.targetWorker == worker.contact_uri" }],
          },
        ],
        attributes: { targetWorker: "client:bob" },
        workers: [worker("ann")],
      },
      [
        {
          reason: "expression",
          source: "task.targetWorker == worker.contact_uri",
          causes: [
            expect.objectContaining({
              readings: [
                { path: "task.targetWorker", value: "client:bob" },
                { path: "worker.contact_uri", value: "client:ann" },
              ],
            }),
          ],
        },
      ],
    ],
    [
      "all reasons are given",
      { workers: [worker("ann", { ...offline, channels: { sms: full } })] },
      [
        { reason: "activity", activityName: "Offline" },
        { reason: "capacity", channel: "sms", used: 1, capacity: 1 },
      ],
    ],
  ];
  test.each(cases)("%s", (_name, scenario, reasons) => {
    const full = { filters: [{ expression: "1==1", targets: everyone }], ...scenario };
    expect(outcome(full)).toMatch(reasons.length === 0 ? /^offered to ann / : /^waiting /);
    expect(route(full).filters[0]?.steps[0]?.workers).toEqual([
      {
        sid: "WK_ann",
        friendlyName: "ann",
        eligible: reasons.length === 0,
        offered: reasons.length === 0,
        reasons,
      },
    ]);
  });

  test.each([
    ["worker.sid == 'WK_ann'", true],
    ["worker.friendly_name == 'ann'", true],
    ["worker.activity_name in ['Available']", true],
    ["worker.activity_sid == 'WA_available'", true],
    ["worker.channel.sms.configured_capacity == 3", true],
    ["worker.channel.sms.assigned_tasks == 1", true],
    ["worker.channel.sms.available_capacity_percentage == 33", true],
    ["worker.channel.chat.assigned_tasks == 0", false],
    ["worker.waitingOfflineContact != true AND worker.sid != task.ignoreAgent", true],
  ])("a target reads %s", (expression, value) => {
    const ann = worker("ann", {
      attributes: { sid: "not this one" },
      channels: { sms: { available: true, configuredCapacity: 3, assignedTasks: 1, activeReservations: 2 } },
    });
    const filters = [{ expression: "1==1", targets: [{ queue: "WQ_everyone", expression }] }];
    expect(outcome({ filters, workers: [ann] })).toMatch(value ? /^offered/ : /^waiting/);
  });
});

describe("who comes first", () => {
  const workers = [
    worker("ann", { since: 30, attributes: { level: 1 } }),
    worker("bob", { since: 10, attributes: { level: 2 } }),
    worker("cy", { since: 20, attributes: { level: 2 } }),
  ];
  /** All eligible workers in their order, and how many are offered the task. */
  function order(
    target: { queue: string; order_by?: string },
    task: Partial<RoutingTask> = {},
  ): [string[], number] {
    const scenario = { filters: [{ expression: "1==1", targets: [target] }], workers, task };
    outcome(scenario);
    const verdicts = route(scenario).filters[0]?.steps[0]?.workers ?? [];
    return [
      verdicts.map(({ friendlyName }) => friendlyName),
      verdicts.filter(({ offered }) => offered).length,
    ];
  }
  test("the longest idle", () => {
    expect(order({ queue: "WQ_everyone" })).toEqual([["bob", "cy", "ann"], 1]);
  });
  test("order_by, then the longest idle", () => {
    expect(order({ queue: "WQ_everyone", order_by: "worker.level ASC" })).toEqual([["ann", "bob", "cy"], 1]);
  });
  test("as many as the queue reserves at once", () => {
    expect(order({ queue: "WQ_wide" })).toEqual([["bob", "cy", "ann"], 2]);
  });
  test("fewer when some hold a reservation", () => {
    expect(order({ queue: "WQ_wide" }, { reservedWorkers: ["WK_bob"] })).toEqual([["cy", "ann", "bob"], 1]);
  });
  test("those who declined last", () => {
    expect(order({ queue: "WQ_everyone" }, { declinedWorkers: ["WK_bob", "WK_cy"] })).toEqual([
      ["ann", "bob", "cy"],
      1,
    ]);
  });
});

describe("targets", () => {
  const steps: WorkflowFilter[] = [
    {
      expression: "1==1",
      targets: [
        { queue: "WQ_billing", timeout: 30, priority: 5 },
        { timeout: "20" },
        { queue: "WQ_everyone", timeout: 10, priority: "9" },
      ],
    },
  ];
  test.each([
    [0, "waiting in queue Billing (WQ_billing), priority 5, until the task is 30 s old"],
    [29.9, "waiting in queue Billing (WQ_billing), priority 5, until the task is 30 s old"],
    [30, "waiting in queue Billing (WQ_billing), priority 5, until the task is 50 s old"],
    [50, "waiting in queue Everyone (WQ_everyone), priority 9, until the task is 60 s old"],
    [60, "canceled: Task canceled on Workflow timeout"],
  ])("at %d s of age", (age, line) => {
    expect(outcome({ filters: steps, default: "WQ_nobody", task: { age } })).toBe(line);
  });

  test("go on with the next matching filter, whose timeouts add up", () => {
    const filters = [...steps, { expression: "a == 1", targets: everyone }, ...steps];
    expect(outcome({ filters, task: { age: 70 } })).toBe(
      "waiting in queue Billing (WQ_billing), priority 5, until the task is 90 s old",
    );
  });

  test("keep the task's own priority when they have none", () => {
    const filters = [{ expression: "1==1", targets: [{ queue: "WQ_everyone", timeout: 1 }] }];
    expect(outcome({ filters, task: { priority: 7 } })).toBe(
      "waiting in queue Everyone (WQ_everyone), priority 7, until the task is 1 s old",
    );
  });

  test("in a queue that is not there reach nobody", () => {
    const filters = [{ expression: "1==1", targets: [{ queue: "WQ_gone" }] }];
    expect(outcome({ filters, workers: [worker("ann")] })).toBe(
      "waiting in queue WQ_gone, which does not exist, priority 0, until its own timeout",
    );
  });
});

describe("skip_if", () => {
  const skipping = (skip_if: string, more: object[] = [{ queue: "WQ_everyone" }]): WorkflowFilter[] => [
    { expression: "1==1", targets: [{ queue: "WQ_billing", timeout: 30, skip_if }, ...more] },
  ];
  const busy = worker("ann", { attributes: billing, channels: { sms: full } });
  const away = worker("bob", { attributes: billing, ...offline });

  test.each([
    ["1==1", [busy], true],
    ["workers.available == 0", [busy], false],
    ["workers.available == 0", [away], true],
    ["workers.available == 0", [], true],
    ["workers.available == 0", [away, worker("outside")], true],
    ["workers.unavailable == 1", [busy, away], true],
    ["workers.WA_offline == 1", [busy, away], true],
    ["workers.WA_lunch < 2", [busy], true],
    ["task.vip != true", [busy], true],
    ["taskrouter.currentHour == 9", [busy], true],
  ])("%s with %j", (skipIf, workers, skipped) => {
    expect(outcome({ filters: skipping(skipIf), workers: [...workers] })).toMatch(
      skipped ? /queue Everyone.*until its own/ : /waiting in queue Billing/,
    );
  });

  test("is not looked at when somebody gets the task", () => {
    const scenario = { filters: skipping("1==1"), workers: [worker("ann", { attributes: billing })] };
    expect(outcome(scenario)).toMatch(/^offered to ann/);
    expect(route(scenario).filters[0]?.steps[0]?.skipIf).toBeUndefined();
  });

  test("is not looked at after entry", () => {
    const position = { filter: 0, target: 0, waited: 0, priority: 0 };
    expect(outcome({ filters: skipping("1==1"), task: { position, age: 5 } })).toMatch(
      /^waiting in queue Billing/,
    );
  });

  test("gives the skipped time to nobody", () => {
    const filters = skipping("1==1", [{ queue: "WQ_everyone", timeout: 20 }]);
    expect(outcome({ filters })).toMatch(/until the task is 20 s old$/);
  });

  test("out of the last filter leads to the default filter, or out", () => {
    const filters = skipping("1==1", []);
    expect(outcome({ filters, default: "WQ_everyone" })).toBe(`waiting in ${everyoneLine}`);
    expect(outcome({ filters })).toBe(
      "removed: skip_if left the last filter, and there is no default filter",
    );
  });

  test("says what it counted", () => {
    const step = route({ filters: skipping("workers.available == 0"), workers: [away] }).filters[0]?.steps[0];
    expect(step?.result).toBe("skipped");
    expect(step?.skipIf?.causes[0]?.readings).toEqual([{ path: "workers.available", value: 0 }]);
  });
});

describe("a known worker", () => {
  const workers = [worker("ann", { since: 1, attributes: billing }), worker("bob", { since: 2 })];
  const filters = (target: object): WorkflowFilter[] => [
    { expression: "1==1", targets: [{ queue: "WQ_everyone", timeout: 10, ...target }, { queue: "WQ_wide" }] },
  ];
  const bySid = filters({ known_worker_sid: "task.agent.sid" });
  const byName = filters({ known_worker_friendly_name: "task.name" });

  test.each([
    ["by SID", bySid, { agent: { sid: "WK_bob" } }, "offered to bob in queue Everyone"],
    ["by name", byName, { name: "bob" }, "offered to bob in queue Everyone"],
    ["who does not exist", bySid, { agent: { sid: "WK_cy" } }, "waiting in queue Everyone"],
    ["who is not named", bySid, {}, "waiting in queue Everyone"],
    [
      "outside the queue",
      filters({ queue: "WQ_billing", known_worker_sid: "task.s" }),
      { s: "WK_bob" },
      "waiting in queue Billing",
    ],
  ])("%s", (_name, configured, attributes: JsonObject, start) => {
    expect(outcome({ filters: configured, workers, attributes })).toContain(start);
  });

  test("is waited for until the timeout only", () => {
    expect(outcome({ filters: bySid, workers, task: { age: 10 } })).toMatch(
      /^offered to ann, bob in queue Wide/,
    );
  });

  test("is named in the trace", () => {
    const step = route({ filters: bySid, workers, attributes: { agent: { sid: "WK_bob" } } }).filters[0]
      ?.steps[0];
    expect(step?.knownWorker).toEqual({ attribute: "task.agent.sid", value: "WK_bob", workerSid: "WK_bob" });
    expect(step?.workers[1]).toMatchObject({
      friendlyName: "ann",
      reasons: [{ reason: "not the known worker", wanted: "WK_bob" }],
    });
  });
});

describe("a position", () => {
  const filters: WorkflowFilter[] = [
    {
      expression: "a == 1",
      targets: [
        { queue: "WQ_billing", timeout: 30, priority: 5 },
        { queue: "WQ_nobody", timeout: 10 },
      ],
    },
    { expression: "b == 1", targets: everyone },
  ];

  test("is where the next evaluation goes on", () => {
    const first = route({ filters, attributes: { a: 1 }, task: { age: 30 } });
    expect(first.outcome).toMatchObject({
      kind: "waiting",
      until: 40,
      position: { filter: 0, target: 1, waited: 30, priority: 5 },
    });
    const position = first.outcome.kind === "waiting" ? first.outcome.position : undefined;
    // The task no longer matches the filter, yet stays in it; then the next filter takes it.
    const second = route({ filters, attributes: { b: 1 }, task: { age: 39, position } });
    expect(describeOutcome(second.outcome)).toMatch(
      /^waiting in queue Nobody .* priority 5, until the task is 40 s old$/,
    );
    const third = route({ filters, attributes: { b: 1 }, task: { age: 40, position } });
    expect(describeOutcome(third.outcome)).toMatch(
      /^waiting in queue Everyone .* priority 5, until its own timeout$/,
    );
    expect(third.filters.map(({ index, steps }) => [index, steps.map(({ result }) => result)])).toEqual([
      [0, ["timed out"]],
      [1, ["waiting"]],
    ]);
  });

  test("in the default filter stays there", () => {
    const position = { filter: "default", target: 0, waited: 0, priority: 3 } as const;
    const scenario = { filters, default: "WQ_everyone", attributes: { a: 1 }, task: { position } };
    expect(outcome(scenario)).toBe(
      "waiting in queue Everyone (WQ_everyone), priority 3, until its own timeout",
    );
  });

  test.each([
    [{ filter: 2, target: 0, waited: 30, priority: 3 }],
    [{ filter: 0, target: 2, waited: 30, priority: 3 }],
    [{ filter: "default", target: 0, waited: 30, priority: 3 } as const],
  ])("that the workflow no longer has (%j) starts the task anew", (position) => {
    expect(outcome({ filters, attributes: { a: 1 }, task: { position } })).toMatch(
      /^waiting in queue Billing .* 30 s old$/,
    );
  });
});

test("a queue without an expression is an error that names it", () => {
  const broken = { sid: "WQ_broken", friendlyName: "Broken", targetWorkers: "skills HAS" };
  const evaluate = () =>
    routeTask({
      workflow: compileWorkflow({ task_routing: { default_filter: { queue: "WQ_broken" } } }),
      roster: new Roster({ queues: [broken], workers: [] }),
      task: { attributes: {}, age: 0 },
      now,
    });
  expect(evaluate).toThrow(WorkflowError);
  expect(evaluate).toThrow(
    "TargetWorkers of the queue Broken (WQ_broken): unexpected end at character 11, expecting OPERAND",
  );
});

describe("comparisons whose answer Twilio does not document", () => {
  const byAge: WorkflowFilter[] = [
    {
      expression: "age <= 13",
      targets: [{ queue: "WQ_everyone", expression: "worker.routing.skills HAS 'Chat' AND task.age <= 13" }],
    },
  ];
  const chat = { routing: { skills: ["Chat"] } };
  const workers = [worker("ann", { attributes: chat }), worker("ben", { attributes: chat, since: 1 })];

  test.each<[Json, string, string[]]>([
    [12, "offered", []],
    [
      "12",
      "offered",
      [
        'age <= 13 is true: age is "12", the string is compared as a number',
        'task.age <= 13 is true: task.age is "12", the string is compared as a number',
      ],
    ],
    [
      "06",
      "offered",
      [
        'age <= 13 is true: age is "06", the string is compared as a number',
        'task.age <= 13 is true: task.age is "06", the string is compared as a number',
      ],
    ],
    ["14", "unmatched", ['age <= 13 is false: age is "14", the string is compared as a number']],
    [
      ">20",
      "unmatched",
      ['age <= 13 is false: age is ">20", a string that is no number has no order with a number'],
    ],
    [null, "unmatched", []],
  ])("age %j", (age, kind, doubts) => {
    const trace = route({ filters: byAge, workers, attributes: { age } });
    expect([trace.outcome.kind, trace.doubts]).toEqual([kind, doubts]);
    expect(route({ filters: byAge, workers, attributes: { age } }, false).doubts).toEqual([]);
    expect(renderTrace(trace).slice(-1 - doubts.length, -1)).toEqual(
      doubts.map((doubt) => `doubtful at Twilio: ${doubt}`),
    );
  });

  test("in queues and skip_if, told once however many workers meet them", () => {
    const mixed: RoutingQueue[] = [{ sid: "WQ_senior", friendlyName: "Senior", targetWorkers: "level > 2" }];
    const trace = routeTask({
      workflow: compileWorkflow({
        task_routing: {
          filters: [
            {
              expression: "1==1",
              targets: [{ queue: "WQ_senior", skip_if: "workers.available < task.least" }],
            },
          ],
        },
      }),
      roster: new Roster({
        queues: mixed,
        workers: ["1", "2", "x"].map((level, index) => worker(`w${index}`, { attributes: { level } })),
      }),
      task: { attributes: { least: "1" }, age: 0, taskChannel: "sms" },
      now,
    });
    expect([trace.outcome.kind, trace.doubts]).toEqual([
      "skipped",
      [
        'level > 2 is false: level is "1", the string is compared as a number',
        'level > 2 is false: level is "x", a string that is no number has no order with a number',
        'workers.available < task.least is true: workers.available is 0, task.least is "1", the string is compared as a number',
      ],
    ]);
  });
});
