import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileWorkflow } from "./compile.ts";
import { describeProblem, WorkflowError } from "./problem.ts";
import { validateWorkflow } from "./validate.ts";

const support = `WQ${"1".repeat(32)}`;
const sales = `WQ${"2".repeat(32)}`;

/** The problems of a workflow, as lines. */
function problems(json: unknown, queueSids?: string[]): string[] {
  return validateWorkflow(json, { queueSids }).problems.map(describeProblem);
}

/** A workflow with one filter with one target. */
function withTarget(target: object): unknown {
  return { task_routing: { filters: [{ expression: "a == 1", targets: [target] }] } };
}

describe("accepts", () => {
  const cases: readonly (readonly [name: string, configuration: unknown])[] = [
    ["no filters", { task_routing: { filters: [], default_filter: { queue: support } } }],
    ["absent filters", { task_routing: { default_filter: { queue: support } } }],
    ["an empty routing", { task_routing: {} }],
    [
      "everything",
      {
        task_routing: {
          filters: [
            {
              filter_friendly_name: "Targeted",
              expression: "targetWorker != null AND taskrouter.currentHour > 8",
              targets: [
                {
                  queue: support,
                  expression: "task.targetWorker == worker.contact_uri",
                  priority: 1000,
                  timeout: 30,
                  order_by: "worker.level DESC, worker.cost ASC",
                  skip_if: "workers.available == 0",
                },
                { queue: sales, priority: "5", timeout: "60", known_worker_sid: "task.agent.sid" },
                {},
              ],
            },
            {
              friendly_name: "Rest",
              expression: "1==1",
              targets: [{ queue: sales, expression: null, skip_if: "1==1" }],
            },
          ],
          default_filter: { queue: support },
        },
      },
    ],
  ];
  test.each(cases)("%s", (_name, configuration) => {
    expect(problems(configuration)).toEqual([]);
    expect(problems(JSON.stringify(configuration), [support, sales])).toEqual([]);
    const present = JSON.stringify(configuration, (_name, value: unknown) => value ?? undefined);
    expect(JSON.stringify(validateWorkflow(configuration).configuration)).toBe(present);
  });
});

describe("refuses", () => {
  const target = "task_routing.filters[0].targets[0]";
  const cases: readonly (readonly [name: string, configuration: unknown, lines: readonly string[]])[] = [
    ["nothing", undefined, ["error at the configuration: is missing; give the JSON of a workflow"]],
    ["a number", 1, ["error at the configuration: must be an object"]],
    ["no routing", {}, ["error at task_routing: is missing; it must be an object"]],
    [
      "filters of the wrong type",
      { task_routing: { filters: {}, default_filter: { queue: "" } } },
      [
        "error at task_routing.filters: must be a list of filters",
        "error at task_routing.default_filter.queue: must be the SID of a TaskQueue",
      ],
    ],
    [
      "several problems at once",
      { task_routing: { filters: [{ targets: [] }, "x"], default_filter: {} } },
      [
        "error at task_routing.filters[0].expression: is missing; use 1==1 to match every task",
        "error at task_routing.filters[0].targets: must be a list of at least one target",
        "error at task_routing.filters[1]: must be an object",
        "error at task_routing.default_filter.queue: is missing; give the SID of a TaskQueue",
      ],
    ],
    [
      "a first target without a queue",
      withTarget({}),
      [`error at ${target}.queue: is missing; the first target needs the SID of a TaskQueue`],
    ],
    [
      "a broken expression",
      withTarget({ queue: support, expression: "task.customer-value == 1", skip_if: "workers.available" }),
      [
        `error at ${target}.expression: unexpected "-" at character 14, expecting OPERATOR ` +
          "(TaskRouter can't read keys with a hyphen; rename the attribute, for example with _ instead of -)",
        `error at ${target}.skip_if: unexpected end at character 18, expecting OPERATOR ` +
          "(compare the value with something, for example == true)",
      ],
    ],
    [
      "bad numbers",
      withTarget({ queue: support, timeout: 0, priority: 1.5 }),
      [
        `error at ${target}.priority: must be a whole number from 0 to 2147483647, not 1.5`,
        `error at ${target}.timeout: must be a number of seconds above 0, not 0`,
      ],
    ],
    [
      "numbers that are none",
      withTarget({ queue: support, timeout: "soon", priority: [] }),
      [
        `error at ${target}.priority: must be a whole number from 0 to 2147483647, not a list`,
        `error at ${target}.timeout: must be a number of seconds above 0, not "soon"`,
      ],
    ],
    [
      "a bad order",
      withTarget({ queue: support, order_by: "worker.level DOWN" }),
      [`error at ${target}.order_by: unexpected "DOWN" at character 14, expecting ASC or DESC`],
    ],
    [
      "known workers",
      withTarget({ queue: support, known_worker_sid: "WK1", known_worker_friendly_name: "task.name" }),
      [
        `error at ${target}.known_worker_sid: must name a task attribute, as task.<attribute>, not "WK1"`,
        `error at ${target}: has both known_worker_sid and known_worker_friendly_name; keep one`,
      ],
    ],
    [
      "an expression that is no string",
      withTarget({ queue: support, expression: true }),
      [`error at ${target}.expression: must be a string, not true`],
    ],
  ];
  test.each(cases)("%s", (_name, configuration, lines) => {
    expect(problems(configuration)).toEqual(lines);
    expect(validateWorkflow(configuration).configuration).toBeUndefined();
  });

  test("text that is not JSON", () => {
    expect(problems("{")[0]).toMatch(/^error at the configuration: is not JSON: /);
  });

  test("text that is too long", () => {
    const json = JSON.stringify({ task_routing: {} }) + " ".repeat(1024 * 1024);
    expect(problems(json)).toEqual([
      "error at the configuration: is 1048595 bytes long; Twilio takes at most 1048576",
    ]);
  });

  test("queues that the workspace does not have", () => {
    expect(problems(withTarget({ queue: sales }), [support])).toEqual([
      `error at ${target}.queue: ${sales} is not a TaskQueue of this workspace`,
    ]);
  });

  test("with the position of the character", () => {
    const { problems: found } = validateWorkflow(withTarget({ queue: support, expression: "a == 1 AND b" }));
    expect(found.filter(({ severity }) => severity === "error")).toEqual([
      expect.objectContaining({ path: `${target}.expression`, position: 12 }),
    ]);
  });
});

describe("warns of, or notes what may be meant", () => {
  const target = "task_routing.filters[0].targets[0]";
  const cases: readonly (readonly [name: string, configuration: unknown, lines: readonly string[]])[] = [
    [
      "unknown keys",
      withTarget({ queue: support, orderBy: "worker.level" }),
      [`warning at ${target}.orderBy: is not a key TaskRouter knows; write order_by`],
    ],
    [
      "keys that say nothing of routing",
      withTarget({ queue: support, comment: "night shift" }),
      [
        `note at ${target}.comment: is not a key TaskRouter knows here; known are queue, expression, priority, ` +
          "timeout, order_by, skip_if, known_worker_sid, known_worker_friendly_name",
      ],
    ],
    [
      "queues by name",
      withTarget({ queue: "Support" }),
      [`warning at ${target}.queue: "Support" is not the SID of a TaskQueue (WQ and 32 hexadecimal digits)`],
    ],
    [
      "names that find nothing",
      withTarget({ queue: support, expression: "isSurvey == true" }),
      [
        `note at ${target}.expression: isSurvey is always missing: here names start with \`task.\` or \`worker.\` or \`taskrouter.\``,
      ],
    ],
    [
      "a filter that its names keep from matching",
      { task_routing: { filters: [{ expression: "task.a == 1", targets: [{ queue: support }] }] } },
      [
        "warning at task_routing.filters[0].expression: task.a is always missing: a filter reads task attributes without `task.`, so that no task matches",
      ],
    ],
    [
      "names without which a filter matches",
      { task_routing: { filters: [{ expression: "task.a == 1 OR a == 1", targets: [{ queue: support }] }] } },
      [
        "note at task_routing.filters[0].expression: task.a is always missing: a filter reads task attributes without `task.`",
      ],
    ],
    [
      "what is never true",
      {
        task_routing: {
          filters: [
            {
              expression: "a == 1 AND a == 2",
              targets: [{ queue: support, expression: "task.a IN []", timeout: 9 }],
            },
          ],
        },
      },
      [
        "warning at task_routing.filters[0].expression: can never be true: no task matches this filter",
        `warning at ${target}.expression: can never be true: no worker gets a task in this step`,
      ],
    ],
    [
      "what is off for good",
      {
        task_routing: {
          filters: [
            { expression: "1 == 2", targets: [{ queue: support, expression: "1 == 0 AND task.a > 1" }] },
          ],
        },
      },
      [
        "note at task_routing.filters[0].expression: is off: no task matches this filter",
        `note at ${target}.expression: is off: no worker gets a task in this step, and tasks wait there`,
      ],
    ],
    ["what is off for a time", withTarget({ queue: support, expression: "1==0", timeout: 30 }), []],
    [
      "what is never reached",
      {
        task_routing: {
          filters: [
            { expression: "1 == 1", targets: [{ queue: support }, { queue: sales }] },
            { expression: "a == 1", targets: [{ queue: sales }] },
          ],
          default_filter: { queue: support },
        },
      },
      [
        "note at task_routing.filters[0].targets[1]: is never reached: " +
          `${target} has neither timeout nor skip_if, so tasks wait there`,
        "note at task_routing.filters[1]: is never reached: every task stays in task_routing.filters[0]",
      ],
    ],
  ];
  test.each(cases)("%s", (_name, configuration, lines) => {
    expect(problems(configuration)).toEqual(lines);
    expect(validateWorkflow(configuration).configuration).toEqual(configuration);
  });
});

test("no JSON makes it throw, and what it accepts compiles", () => {
  const key = fc.constantFrom(
    "task_routing",
    "filters",
    "targets",
    "queue",
    "expression",
    "default_filter",
    "timeout",
  );
  const tree = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom<unknown>("1==1", "a", support, null, 1, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 5 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(key, tree), (json) => {
      const { configuration, problems: found } = validateWorkflow(json);
      expect(configuration === undefined).toBe(found.some(({ severity }) => severity === "error"));
      if (configuration) compileWorkflow(configuration);
      else expect(() => compileWorkflow(json)).toThrow(WorkflowError);
    }),
    { numRuns: 2000 },
  );
});

test("a value nested beyond reason is a problem, not a crash", () => {
  const json = `{"task_routing":{"filters":[{"expression":${"[".repeat(50000)}${"]".repeat(50000)},"targets":[]}]}}`;
  expect(problems(json)).toEqual([
    "error at task_routing.filters[0].expression: must be a string, not a list",
    "error at task_routing.filters[0].targets: must be a list of at least one target",
  ]);
});
