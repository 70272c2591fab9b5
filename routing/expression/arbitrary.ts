import fc from "fast-check";
import type { Json, JsonObject } from "../json.ts";
import { operators, type Expression, type Operand, type Path } from "./ast.ts";

/** Random expressions and attributes for property tests. Positions are all zero. */

const span = { start: 0, end: 0 };

/** Few names, so that random expressions often meet random attributes. */
const name = fc.oneof(
  fc.constantFrom("a", "b", "c", "skills", "in", "length", "constructor", "__proto__"),
  fc.stringMatching(/^[A-Za-z0-9_$]{1,7}$/),
  fc.constantFrom("988en", "1e5", "12and", "7"),
);

/** Bare, a key is no word of the language and nothing that a number could be. */
const firstName = name.filter(
  (text) =>
    !/^\d*(and|or|not|in|has|contains)$/i.test(text) &&
    !/^(true|false|null)$/i.test(text) &&
    !/^\d+(e\d+)?$/i.test(text),
);

const text = fc.oneof(
  fc.constantFrom("a", "b", "c", ""),
  fc.string(),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "x") }),
);

const number = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
);

const constant = fc
  .oneof(text, number, fc.boolean(), fc.constant(null))
  .map((value) => ({ kind: "constant" as const, value, ...span }));

const path = fc
  .tuple(firstName, fc.array(fc.oneof(name, fc.nat({ max: 2 })), { maxLength: 3 }))
  .map(([first, rest]): Path => [first, ...rest]);

const reference = path.map((each) => ({ kind: "reference" as const, path: each, ...span }));

const list = fc
  .array(constant, { maxLength: 4 })
  .map((values) => ({ kind: "list" as const, values, ...span }));

export const operand: fc.Arbitrary<Operand> = fc.oneof(constant, list, reference, reference);

const comparison = fc
  .tuple(operand, fc.constantFrom(...operators), operand)
  .map(([left, operator, right]): Expression => ({ kind: "comparison", operator, left, right, ...span }));

/** Trees as the parser makes them: AND and OR alternate from level to level. */
export const expression: fc.Arbitrary<Expression> = fc.letrec<{ and: Expression; or: Expression }>((tie) => {
  const level = (kind: "and" | "or", below: "and" | "or") =>
    fc.oneof(
      { maxDepth: 4 },
      comparison,
      fc
        .array(fc.oneof(comparison, tie(below)), { minLength: 2, maxLength: 4 })
        .map((operands): Expression => ({
          kind,
          operands: operands.flatMap((each) => (each.kind === kind ? each.operands : [each])),
          ...span,
        })),
    );
  return { and: level("and", "or"), or: level("or", "and") };
}).or;

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ),
})).value;

export const attributes: fc.Arbitrary<JsonObject> = fc.dictionary(name, json, { maxKeys: 6 });
