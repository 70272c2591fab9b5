import { type Json } from "../json.ts";
import type { Operator } from "./ast.ts";
import { compare, numberOf } from "./compare.ts";

/**
 * What Twilio does not document about a comparison of these two values, so that its answer may be another; undefined
 * where the answer is sure. Twilio only says that different types should not be compared.
 */
export function doubtOf(operator: Operator, left: Json, right: Json): string | undefined {
  switch (operator) {
    case "==":
    case "!=":
      return looksEqual(left, right)
        ? `${kind(left)} ${operator === "==" ? "never equals" : "always differs from"} ${kind(right)}`
        : undefined;
    case ">":
    case ">=":
    case "<":
    case "<=":
      return orderDoubt(operator, left, right);
    case "HAS":
      return memberDoubt(operator, left, right);
    case "IN":
    case "NOT IN":
      return memberDoubt(operator, right, left);
    case "CONTAINS":
      return undefined;
  }
}

function orderDoubt(operator: Operator, left: Json, right: Json): string | undefined {
  if (typeof left === "string" && typeof right === "string") {
    const [one, other] = [numberOf(left), numberOf(right)];
    if (Number.isNaN(one) || Number.isNaN(other)) return undefined;
    return compare(operator, one, other) === compare(operator, left, right)
      ? undefined
      : "two strings are compared letter by letter, not as numbers";
  }
  const text = typeof left === "string" && typeof right === "number" ? left : right;
  const number = text === left ? right : left;
  if (typeof text !== "string" || typeof number !== "number") return undefined;
  return Number.isNaN(numberOf(text))
    ? "a string that is no number has no order with a number"
    : "the string is compared as a number";
}

/** Where the element is not in the array, but something that looks like it is. */
function memberDoubt(operator: Operator, array: Json, element: Json): string | undefined {
  if (!Array.isArray(array)) return undefined;
  const items = array as readonly Json[];
  const alike = items.find((item) => looksEqual(item, element));
  if (alike === undefined || items.includes(element)) return undefined;
  const says = operator === "NOT IN" ? "always differs from" : "never equals";
  return `${kind(alike)} ${says} ${kind(element)}`;
}

/** Whether a text says what a number or a boolean is: `"12"` and 12, `"true"` and true. */
function looksEqual(left: Json, right: Json): boolean {
  const [text, value] = typeof left === "string" ? [left, right] : [right, left];
  if (typeof text !== "string") return false;
  return typeof value === "number"
    ? numberOf(text) === value
    : typeof value === "boolean" && text === `${value}`;
}

const kind = (value: Json) => `a ${typeof value}`;
