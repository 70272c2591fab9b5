import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "../json.ts";
import { attributes, expression } from "./arbitrary.ts";
import { evaluateExpression } from "./evaluator.ts";
import { describeCause, describeValue, explainExpression } from "./explain.ts";
import { parseExpression } from "./parser.ts";

const root: JsonObject = {
  task: { targetWorker: "client:ann", level: 3, tags: ["vip"] },
  worker: {
    contact_uri: "client:bob",
    skills: ["Billing"],
    team: "north ",
    digits: "3",
    on: { a: 1 },
    texts: ["3"],
    flag: "true",
  },
};

const cases: readonly (readonly [source: string, value: boolean, lines: readonly string[]])[] = [
  [
    "task.targetWorker == worker.contact_uri",
    false,
    [
      'task.targetWorker == worker.contact_uri is false: task.targetWorker is "client:ann", worker.contact_uri is "client:bob"',
    ],
  ],
  [
    "task.targetWorker == worker.email",
    false,
    [
      'task.targetWorker == worker.email is false: task.targetWorker is "client:ann", worker.email is missing',
    ],
  ],
  ["1 == 2", false, ["1 == 2 is false"]],
  [
    "task.level == 3 AND (task.level > 3 OR task.level < 3) AND worker.team == 'x'",
    false,
    [
      "task.level > 3 is false: task.level is 3",
      "task.level < 3 is false: task.level is 3",
      'worker.team == "x" is false: worker.team is "north "',
    ],
  ],
  ["task.level == 4 OR task.level == 3 OR 1 == 1", true, ["task.level == 3 is true: task.level is 3"]],
  ["task.level == 3 AND 1 == 1", true, ["task.level == 3 is true: task.level is 3", "1 == 1 is true"]],
  [
    "worker.skills HAS 'billing'",
    false,
    ['worker.skills HAS "billing" is false: worker.skills is ["Billing"], they differ only in case'],
  ],
  [
    "worker.skills == 'Billing'",
    false,
    [
      'worker.skills == "Billing" is false: worker.skills is ["Billing"], == never compares an array; use HAS or IN',
    ],
  ],
  [
    "worker.team == 'north'",
    false,
    ['worker.team == "north" is false: worker.team is "north ", they differ only in spaces'],
  ],
  [
    "worker.digits == 3",
    false,
    ['worker.digits == 3 is false: worker.digits is "3", a string never equals a number'],
  ],
  [
    "worker.digits > 2",
    true,
    ['worker.digits > 2 is true: worker.digits is "3", the string is compared as a number'],
  ],
  [
    "3 < worker.digits",
    false,
    ['3 < worker.digits is false: worker.digits is "3", the string is compared as a number'],
  ],
  [
    "worker.team > 2",
    false,
    [
      'worker.team > 2 is false: worker.team is "north ", a string that is no number has no order with a number',
    ],
  ],
  [
    "worker.digits < '13'",
    false,
    [
      'worker.digits < "13" is false: worker.digits is "3", two strings are compared letter by letter, not as numbers',
    ],
  ],
  [
    "worker.on > 2",
    false,
    ['worker.on > 2 is false: worker.on is {"a":1}, an object and a number have no order'],
  ],
  ["true > false", false, ["true > false is false: a boolean and a boolean have no order"]],
  [
    "worker.digits != 3",
    true,
    ['worker.digits != 3 is true: worker.digits is "3", a string always differs from a number'],
  ],
  [
    "worker.digits IN [1, 3]",
    false,
    ['worker.digits IN [1, 3] is false: worker.digits is "3", a number never equals a string'],
  ],
  [
    "3 NOT IN worker.texts",
    true,
    ['3 NOT IN worker.texts is true: worker.texts is ["3"], a string always differs from a number'],
  ],
  [
    "worker.flag == true",
    false,
    ['worker.flag == true is false: worker.flag is "true", a string never equals a boolean'],
  ],
  [
    "worker.team HAS 'n'",
    false,
    ['worker.team HAS "n" is false: worker.team is "north ", HAS needs an array on its left, not a string'],
  ],
  [
    "'vip' NOT IN worker.none",
    false,
    [
      '"vip" NOT IN worker.none is false: worker.none is missing, NOT IN needs an array on its right, not NULL',
    ],
  ],
  [
    "worker.skills CONTAINS 'Bill'",
    false,
    [
      'worker.skills CONTAINS "Bill" is false: worker.skills is ["Billing"], CONTAINS looks into strings, not into an array; use HAS or ==',
    ],
  ],
  [
    "worker.on != worker.on",
    false,
    ['worker.on != worker.on is false: worker.on is {"a":1}, != never compares an object; use HAS or IN'],
  ],
];

test.each(cases)("%s", (source, value, lines) => {
  const explanation = explainExpression(parseExpression(source), root);
  expect(explanation.value).toBe(value);
  expect(explanation.causes.map(describeCause)).toEqual(lines);
});

test("the explanation is of the value the evaluator gives, and names causes of that value", () => {
  fc.assert(
    fc.property(expression, attributes, (tree, attributesOf) => {
      const { value, causes } = explainExpression(tree, attributesOf);
      expect(value).toBe(evaluateExpression(tree, attributesOf));
      expect(causes.length).toBeGreaterThan(0);
      expect(causes.every((cause) => cause.value === value)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("long values are cut", () => {
  expect(describeValue("x".repeat(200))).toBe(`"${"x".repeat(99)}…`);
});
