import { isDeepStrictEqual } from "node:util";
import { type Context, defaultOperators, type Operators, toValue } from "liquidjs";
import { renderingOf } from "./liquidFilters.ts";
import { isHash, textOf } from "./liquidValue.ts";

type Operator = (left: unknown, right: unknown, context: Context) => unknown;

const usual = defaultOperators as unknown as Readonly<Record<string, Operator>>;

/** `empty`, `blank` and `nil`, which compare themselves. */
const isSpecial = (value: unknown): boolean =>
  typeof (value as { equals?: unknown } | null | undefined)?.equals === "function";

const quoted = (value: unknown): string => JSON.stringify(value);

/** A text and a number, of which people may think that they are the same kind. */
function tellKinds(name: string, left: unknown, right: unknown, context: Context): void {
  renderingOf(context).note(
    `${quoted(left)} ${name} ${quoted(right)} compares a text with a number, which Liquid does not; ` +
      "the filter plus: 0 makes a number of a text",
  );
}

const isPair = (left: unknown, right: unknown): boolean =>
  (typeof left === "string" && typeof right === "number") ||
  (typeof left === "number" && typeof right === "string");

const equal: Operator = (first, second, context) => {
  if (isSpecial(first) || isSpecial(second)) return usual["=="]?.(first, second, context);
  const [left, right] = [toValue(first) as unknown, toValue(second) as unknown];
  if (isPair(left, right) && String(left) === String(right)) tellKinds("==", left, right, context);
  return isDeepStrictEqual(left ?? null, right ?? null);
};

const unequal = function* (
  left: unknown,
  right: unknown,
  context: Context,
): Generator<unknown, boolean, unknown> {
  return (yield equal(left, right, context)) !== true;
};

/** Numbers with numbers, text with text; the rest has no order. */
const ordered =
  (name: "<" | ">" | "<=" | ">="): Operator =>
  (first, second, context) => {
    if (isSpecial(first) || isSpecial(second)) return usual[name]?.(first, second, context);
    const [left, right] = [toValue(first) as unknown, toValue(second) as unknown];
    if (isPair(left, right)) tellKinds(name, left, right, context);
    const isOrdered = typeof left === typeof right && (typeof left === "number" || typeof left === "string");
    return isOrdered && usual[name]?.(left, right, context);
  };

/** Ruby's `include?`: part of a text, item of a list, name of a member. */
const contains: Operator = (first, second) => {
  const [left, right] = [toValue(first) as unknown, toValue(second) as unknown];
  if (right === undefined || right === null || right === false) return false;
  if (typeof left === "string") return left.includes(textOf(right));
  if (Array.isArray(left)) return left.some((item) => isDeepStrictEqual(item, right));
  return isHash(left) && Object.hasOwn(left, textOf(right));
};

/** Studio's operators; `and` and `or` bind alike and from right to left, as in Liquid. */
export const operators: Operators = {
  ...defaultOperators,
  "==": equal,
  "!=": unequal,
  "<>": unequal,
  "<": ordered("<"),
  ">": ordered(">"),
  "<=": ordered("<="),
  ">=": ordered(">="),
  contains,
  not: () => {
    throw new Error("Studio's Liquid has no operator `not`; use {% unless %}");
  },
} as unknown as Operators;
