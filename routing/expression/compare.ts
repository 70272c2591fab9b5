import { isScalar, type Json } from "../json.ts";
import type { Operator } from "./ast.ts";

/**
 * What each operator means for two values; a missing attribute is `null`. docs/expressions.md has it as a table, for
 * every pair of types, with the source or the reason of each row.
 *
 * Twilio's documentation says of types: a scalar operator on an array is false, an array operator on two scalars is
 * false, and different types should not be compared. What happens when they are is decided here:
 * - NULL equals NULL only, and differs from every scalar: `waiting != true` is true for a worker without `waiting`
 *   (workflows in production rely on it), and so is `task.a == worker.b` when both are missing.
 * - Nothing is coerced for equality: `"1" == 1` is false, `"1" != 1` is true.
 * - `== null` and `!= null` ask for presence, also of arrays and objects.
 * - A text that is a decimal number has an order with numbers (`"06" <= 13`): forms send numbers as text, and
 *   workflows in production compare them. Other texts have none with a number; two texts are ordered as texts.
 * - Objects behave like arrays for scalar operators, and like scalars (wrong) for array operators.
 * - IN, NOT IN and HAS look for one scalar in an array; NOT IN something that is not an array is false.
 */
export function compare(operator: Operator, left: Json, right: Json): boolean {
  switch (operator) {
    case "==":
      return isScalar(left) && left === right;
    case "!=":
      if (left === null || right === null) return left !== right;
      return isScalar(left) && isScalar(right) && left !== right;
    case ">":
      return order(left, right) > 0;
    case ">=":
      return order(left, right) >= 0;
    case "<":
      return order(left, right) < 0;
    case "<=":
      return order(left, right) <= 0;
    case "CONTAINS":
      return typeof left === "string" && typeof right === "string" && left.includes(right);
    case "HAS":
      return Array.isArray(left) && isScalar(right) && left.includes(right);
    case "IN":
      return Array.isArray(right) && isScalar(left) && right.includes(left);
    case "NOT IN":
      return Array.isArray(right) && isScalar(left) && !right.includes(left);
  }
}

/** Negative, zero or positive as the first value comes before, with or after the second; NaN without an order. */
function order(left: Json, right: Json): number {
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === "number") {
    if (typeof right === "number") return left - right;
    if (typeof right === "string") return left - numberOf(right);
  } else if (typeof left === "string" && typeof right === "number") {
    return numberOf(left) - right;
  }
  return Number.NaN;
}

/** The decimal number a text is, with white space around it or without; NaN where it is none: `">20"`, `"1e3"`. */
export function numberOf(text: string): number {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
}
