import { isJsonObject, isScalar, type Json, type JsonObject } from "../json.ts";
import type { Comparison, Expression, Operator } from "./ast.ts";
import { compare } from "./compare.ts";
import { doubtOf } from "./doubt.ts";
import { printExpression, printPath } from "./printer.ts";
import { comparisonsOf } from "./references.ts";
import { operandValue, resolvePath } from "./resolve.ts";

/** What an attribute was when an expression was evaluated. */
export interface Reading {
  /** As the expression writes it: `worker.contact_uri`. */
  readonly path: string;
  /** Undefined when there is no such attribute. */
  readonly value: Json | undefined;
}

/** A comparison that made an expression true or false. */
export interface Cause {
  readonly comparison: Comparison;
  readonly value: boolean;
  readonly readings: readonly Reading[];
  /** What is doubtful about a comparison, or odd about a false one: wrong types, or values that differ in case only. */
  readonly note: string | undefined;
}

export interface Explanation {
  readonly value: boolean;
  /**
   * The smallest comparisons that decided: the false ones of a false AND, all of a false OR,
   * all of a true AND, the first true one of a true OR.
   */
  readonly causes: readonly Cause[];
}

/** Evaluates an expression and says which of its comparisons decided, with the values they saw. */
export function explainExpression(expression: Expression, root: JsonObject): Explanation {
  if (expression.kind === "comparison") {
    const cause = explainComparison(expression, root);
    return { value: cause.value, causes: [cause] };
  }
  const parts = expression.operands.map((operand) => explainExpression(operand, root));
  const decisive = expression.kind === "or";
  const deciding = parts.filter(({ value }) => value === decisive);
  if (deciding.length === 0) return { value: !decisive, causes: parts.flatMap(({ causes }) => causes) };
  const shown = decisive ? deciding.slice(0, 1) : deciding;
  return { value: decisive, causes: shown.flatMap(({ causes }) => causes) };
}

function explainComparison(comparison: Comparison, root: JsonObject): Cause {
  const { operator, left, right } = comparison;
  const readings = new Map<string, Json | undefined>();
  for (const operand of [left, right]) {
    if (operand.kind === "reference") readings.set(printPath(operand.path), resolvePath(operand.path, root));
  }
  const leftValue = operandValue(left, root);
  const rightValue = operandValue(right, root);
  const value = compare(operator, leftValue, rightValue);
  return {
    comparison,
    value,
    readings: [...readings].map(([path, read]) => ({ path, value: read })),
    note:
      doubtOf(operator, leftValue, rightValue) ??
      (value ? undefined : oddity(operator, leftValue, rightValue)),
  };
}

/**
 * The comparisons of an expression whose answer Twilio does not document for the types that they meet, whether they
 * decided or not.
 */
export function doubtsIn(expression: Expression, root: JsonObject): Cause[] {
  return comparisonsOf(expression).flatMap((comparison) =>
    doubtOf(comparison.operator, operandValue(comparison.left, root), operandValue(comparison.right, root))
      ? [explainComparison(comparison, root)]
      : [],
  );
}

function oddity(operator: Operator, left: Json, right: Json): string | undefined {
  switch (operator) {
    case "==":
    case "!=":
      if (left === null || right === null) return undefined;
      if (!isScalar(left) || !isScalar(right)) {
        return `${operator} never compares ${kindOf(isScalar(left) ? right : left)}; use HAS or IN`;
      }
      return operator === "==" ? nearMiss(left, right) : undefined;
    case ">":
    case ">=":
    case "<":
    case "<=":
      if (left === null || right === null) return undefined;
      if (typeof left === typeof right && isOrdered(left)) return undefined;
      return `${kindOf(left)} and ${kindOf(right)} have no order`;
    case "CONTAINS":
      if (left === null || right === null) return undefined;
      if (typeof left !== "string")
        return `CONTAINS looks into strings, not into ${kindOf(left)}; use HAS or ==`;
      return typeof right === "string" ? undefined : `CONTAINS looks for strings, not for ${kindOf(right)}`;
    case "HAS":
      return membershipOddity("HAS needs an array on its left", left, right);
    case "IN":
      return membershipOddity("IN needs an array on its right", right, left);
    case "NOT IN":
      return Array.isArray(right) ? undefined : `NOT IN needs an array on its right, not ${kindOf(right)}`;
  }
}

function membershipOddity(rule: string, array: Json, element: Json): string | undefined {
  if (array === null) return undefined;
  if (!Array.isArray(array)) return `${rule}, not ${kindOf(array)}`;
  if (!isScalar(element)) return `only single values are looked for in arrays, not ${kindOf(element)}`;
  const misses = (array as readonly Json[]).map((each) => nearMiss(each, element));
  return misses.find((miss) => miss !== undefined);
}

/** How two different scalars are nearly the same. */
function nearMiss(left: Json, right: Json): string | undefined {
  if (!isScalar(left) || !isScalar(right) || left === null || right === null) return undefined;
  if (typeof left !== typeof right) return undefined;
  const [one, other] = [String(left), String(right)];
  if (one.toLowerCase() === other.toLowerCase()) return "they differ only in case";
  return one.trim() === other.trim() ? "they differ only in spaces" : undefined;
}

function isOrdered(value: Json): boolean {
  return typeof value === "number" || typeof value === "string";
}

function kindOf(value: Json): string {
  if (value === null) return "NULL";
  if (Array.isArray(value)) return "an array";
  return isJsonObject(value) ? "an object" : `a ${typeof value}`;
}

/** One line: `task.targetWorker == worker.contact_uri is false: task.targetWorker is "client:ann", …`. */
export function describeCause(cause: Cause): string {
  const facts = cause.readings.map(
    ({ path, value }) => `${path} is ${value === undefined ? "missing" : describeValue(value)}`,
  );
  if (cause.note !== undefined) facts.push(cause.note);
  const head = `${printExpression(cause.comparison)} is ${cause.value}`;
  return facts.length > 0 ? `${head}: ${facts.join(", ")}` : head;
}

const maxValueLength = 100;

/** A value as JSON, cut where a person stops reading. */
export function describeValue(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
}
