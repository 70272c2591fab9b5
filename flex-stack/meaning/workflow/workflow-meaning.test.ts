import { describe, expect, test } from "@jest/globals";
import { phraseText } from "../statement.ts";
import { Surroundings } from "../surroundings.ts";
import { workflowMeaning, workflowSummary } from "./workflow-meaning.ts";

const sids = { Billing: "WQ1", Overflow: "WQ2", Everyone: "WQ3", Disputes: "WQ4" };
const queue = "twilio:taskrouter:TaskQueue";
const surroundings = new Surroundings([
  ...Object.entries(sids).map(([friendlyName, sid]) => ({
    type: queue,
    name: `queue-${friendlyName}`,
    id: `WS1/${sid}`,
    properties: { friendlyName },
  })),
  { type: queue, name: "queue-new", id: undefined, properties: { friendlyName: "Night shift" } },
]);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Filter = Record<string, unknown>;

const billing: Filter = {
  filter_friendly_name: "Billing",
  expression: 'skill == "billing"',
  targets: [
    { queue: sids.Billing, timeout: 60 },
    { queue: sids.Overflow, priority: 5 },
  ],
};
const support: Filter = {
  filter_friendly_name: "Support",
  expression: 'skill == "support"',
  targets: [{ queue: sids.Everyone }],
};
const sales: Filter = {
  filter_friendly_name: "Sales",
  expression: 'skill == "sales"',
  targets: [{ queue: sids.Everyone, timeout: 30 }],
};
const named: Filter = {
  filter_friendly_name: "Named worker",
  expression: "targetWorker != null",
  targets: [
    { queue: sids.Everyone, expression: "task.targetWorker == worker.contact_uri", timeout: 30 },
    { queue: sids.Overflow },
  ],
};

function workflow(filters: Filter[], fallback: string | null = sids.Everyone) {
  return {
    task_routing: { filters, ...(fallback === null ? {} : { default_filter: { queue: fallback } }) },
  };
}

/** Statements as lines: `! ` marks a danger. */
function told(before: unknown, after: unknown): string[] | undefined {
  return workflowMeaning(before, after, surroundings)?.map(({ at, text, danger }) => {
    const place = at.length > 0 ? `${at.join(" / ")}: ` : "";
    return `${danger ? "! " : ""}${place}${phraseText(text)}`;
  });
}

const target = (index: number, fields: Filter): Filter => ({
  ...billing,
  targets: (billing["targets"] as Filter[]).map((each, at) => (at === index ? { ...each, ...fields } : each)),
});

describe("a rewritten workflow", () => {
  test.each<[string, unknown, unknown, string[]]>([
    ["the same", workflow([billing]), workflow([billing]), []],
    [
      "other white space, other quotes, numbers as text",
      workflow([billing]),
      JSON.stringify(
        workflow([
          {
            ...billing,
            expression: "skill=='billing'",
            targets: [
              { timeout: "60", queue: sids.Billing },
              { priority: "5", queue: sids.Overflow },
            ],
          },
        ]),
        null,
        4,
      ),
      [],
    ],
    [
      "an expression",
      workflow([billing]),
      workflow([{ ...billing, expression: 'skill == "billing" OR vip == true' }]),
      [
        'filter Billing: tasks: skill == "billing" → skill == "billing" OR vip == true',
        "a task with vip == true now goes to Billing, then Overflow; before, to Everyone",
      ],
    ],
    [
      "a queue",
      workflow([billing]),
      workflow([target(0, { queue: sids.Disputes })]),
      [
        "filter Billing / target 1, Disputes: queue: Billing → Disputes",
        'a task with skill == "billing" now goes to Disputes, then Overflow; before, to Billing, then Overflow',
      ],
    ],
    [
      "every setting of a target",
      workflow([billing]),
      workflow([
        target(0, {
          timeout: 90,
          priority: 3,
          order_by: "worker.level desc",
          skip_if: "workers.available==0",
          known_worker_sid: "task.agent",
        }),
      ]),
      [
        "filter Billing / target 1, Billing: known worker: none → task.agent",
        "filter Billing / target 1, Billing: timeout: 60 s → 90 s",
        "filter Billing / target 1, Billing: priority: the task's own → 3",
        "filter Billing / target 1, Billing: order: longest idle first → worker.level DESC",
        "filter Billing / target 1, Billing: skipped when: never → workers.available == 0",
        'a task with skill == "billing" now goes to the worker it names, in Billing, then Overflow; before, to Billing, then Overflow',
      ],
    ],
    [
      "a target in between",
      workflow([billing]),
      workflow([
        {
          ...billing,
          targets: [
            { queue: sids.Billing, timeout: 60 },
            { queue: sids.Disputes, timeout: 30 },
            { queue: sids.Overflow, priority: 5 },
          ],
        },
      ]),
      [
        "filter Billing / target 2, Disputes: new: for 30 s",
        'a task with skill == "billing" now goes to Billing, then Disputes, then Overflow; before, to Billing, then Overflow',
      ],
    ],
    [
      "the last target: tasks end",
      workflow([billing]),
      workflow([{ ...billing, targets: [{ queue: sids.Billing, timeout: 60 }] }]),
      [
        "filter Billing / target 2, Overflow: removed: priority 5",
        '! a task with skill == "billing" now goes to Billing, then canceled; before, to Billing, then Overflow',
      ],
    ],
    [
      "a filter put first",
      workflow([billing]),
      workflow([support, billing]),
      ['filter Support: new at position 1: skill == "support" → Everyone'],
    ],
    [
      "a filter gone",
      workflow([billing, support]),
      workflow([support]),
      [
        'filter Billing: removed: skill == "billing" → Billing (for 60 s), then Overflow (priority 5)',
        'a task with skill == "billing" now goes to Everyone; before, to Billing, then Overflow',
      ],
    ],
    [
      "a filter with another name",
      workflow([billing]),
      workflow([{ ...billing, filter_friendly_name: "Invoices" }]),
      ["filter Invoices: renamed: Billing → Invoices"],
    ],
    [
      "one filter moved up, the others where they were",
      workflow([billing, support, sales]),
      workflow([sales, billing, support]),
      ["filter Sales: moved: position 3 → 1 of those tried in order"],
    ],
    [
      "the order of filters that take the same tasks",
      workflow([{ ...support, expression: "1 == 1", filter_friendly_name: "All" }, billing]),
      workflow([billing, { ...support, expression: "1 == 1", filter_friendly_name: "All" }]),
      [
        "filter Billing: moved: position 2 → 1 of those tried in order",
        'a task with skill == "billing" now goes to Billing, then Overflow; before, to Everyone',
      ],
    ],
    [
      "the default queue",
      workflow([billing]),
      workflow([billing], sids.Overflow),
      ["default filter: queue: Everyone → Overflow"],
    ],
    [
      "no default queue any more",
      workflow([billing]),
      workflow([billing], null),
      [
        "! default filter: removed: tasks that match no filter are not created any more; they went to Everyone",
      ],
    ],
    [
      "targeted routing that is gone",
      workflow([named]),
      workflow([{ ...named, targets: [{ queue: sids.Everyone, timeout: 30 }, { queue: sids.Overflow }] }]),
      [
        "filter Named worker / target 1, Everyone: workers: task.targetWorker == worker.contact_uri → everyone in the queue",
        "! a task with targetWorker != null now goes to Everyone, then Overflow; before, to the worker it names, in Everyone, then Overflow",
      ],
    ],
    [
      "a queue that is made with the change",
      workflow([support]),
      workflow([{ ...support, targets: [{ queue: unknown }] }]),
      [
        "filter Support / target 1, Night shift: queue: Everyone → Night shift",
        'a task with skill == "support" now goes to Night shift; before, to Everyone',
      ],
    ],
    [
      "an expression that nobody knows yet",
      workflow([support]),
      workflow([{ ...support, expression: unknown }]),
      ['filter Support: tasks: skill == "support" → (known after up)'],
    ],
    [
      "an expression that is none",
      workflow([support]),
      workflow([{ ...support, expression: "skill === 1" }]),
      ['filter Support: tasks: skill == "support" → skill === 1'],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  test.each([
    ["no JSON", "{", '"{"'],
    ["no task_routing", "{}", "{}"],
    ["nothing known", unknown, "(known after up)"],
    ["filters of the wrong shape", { task_routing: { filters: [1] } }, "{ task_routing: { filters: [1] } }"],
  ])("that can't be read is told by its size: %s", (_, after, text) => {
    expect(told(workflow([support]), after)).toEqual([`configuration: 1 filter → ${text}`]);
    expect(told(after, workflow([support]))).toEqual([
      `configuration: ${text} → 1 filter`,
      'filter Support: skill == "support" → Everyone',
      "default filter: tasks that match no filter go to Everyone",
    ]);
    expect(told(after, "also none")).toBeUndefined();
  });

  test.each<[string, unknown, string[]]>([
    ["leads everybody to a queue", workflow([billing, support]), []],
    [
      "cancels what nobody takes in time",
      workflow([billing, sales]),
      ['a task with skill == "sales" goes to Everyone, then canceled'],
    ],
    [
      "has a later filter that takes it",
      workflow([sales, { expression: "1==1", targets: [{ queue: sids.Overflow }] }]),
      [],
    ],
    [
      "has no default queue",
      workflow([billing], null),
      ["tasks that match no filter go nowhere: they are not created"],
    ],
    [
      "needs no default queue",
      workflow([{ expression: "1==1", targets: [{ queue: sids.Overflow }] }], null),
      [],
    ],
  ])("that is new is dangerous where it %s", (_, after, expected) => {
    const dangers = workflowSummary(after, surroundings).filter(({ danger }) => danger);
    expect(dangers.map(({ text }) => phraseText(text))).toEqual(expected);
  });

  test("that changes is dangerous where a task ends otherwise than before, and still ends", () => {
    expect(
      told(workflow([billing], null), workflow([billing, sales], null))?.filter((text) =>
        text.startsWith("!"),
      ),
    ).toEqual([
      '! a task with skill == "sales" now goes to Everyone, then canceled; before, to nowhere: it is not created',
    ]);
  });

  test("that leads to queues which nobody of the stack's workers serves is dangerous, unless another follows", () => {
    const staffed = new Surroundings([
      {
        ...{ type: queue, name: "queue-Billing", id: `WS1/${sids.Billing}` },
        properties: { friendlyName: "Billing", targetWorkers: 'skill == "billing"' },
      },
      {
        type: queue,
        name: "queue-Overflow",
        id: `WS1/${sids.Overflow}`,
        properties: { friendlyName: "Overflow" },
      },
      {
        ...{ type: "twilio:taskrouter:Worker", name: "alice", id: undefined },
        properties: { attributes: { skill: "sales" } },
      },
    ]);
    const only = { ...billing, targets: [{ queue: sids.Billing }] };
    const dangers = (after: unknown) =>
      workflowSummary(after, staffed).flatMap(({ danger, text }) => (danger ? phraseText(text) : []));
    const task = 'a task with skill == "billing"';
    expect(dangers(workflow([billing]))).toEqual([]);
    expect(dangers(workflow([only]))).toEqual([
      `${task} goes to Billing; nobody of the stack's workers serves that`,
    ]);
    const changed = workflowMeaning(workflow([billing]), workflow([only]), staffed)?.filter(
      ({ danger }) => danger,
    );
    expect(changed?.map(({ text }) => phraseText(text))).toEqual([
      `${task} now goes to Billing; before, to Billing, then Overflow; nobody of the stack's workers serves that`,
    ]);
  });
});
