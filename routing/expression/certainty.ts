import { isScalar, type Json } from "../json.ts";
import type { Comparison, Expression, Operand } from "./ast.ts";
import { compare } from "./compare.ts";
import { printPath } from "./printer.ts";
import { operandValue } from "./resolve.ts";

/**
 * The value an expression has whatever the attributes are, where that is certain; otherwise undefined.
 *
 * Certain are comparisons of constants (`1 == 1`), operators whose types can't fit (`a == ['x']`, `a HAS ['x']`,
 * `a IN []`), `a == 1 AND a == 2`, and what follows from these through AND and OR. Undefined proves nothing.
 */
export function certainValue(expression: Expression): boolean | undefined {
  if (expression.kind === "comparison") return certainComparison(expression);
  const values = expression.operands.map(certainValue);
  if (expression.kind === "or") {
    if (values.includes(true)) return true;
    return values.every((value) => value === false) ? false : undefined;
  }
  if (values.includes(false) || contradicts(expression.operands)) return false;
  return values.every((value) => value === true) ? true : undefined;
}

/** False only when an expression is certain never to be true. */
export function canBeTrue(expression: Expression): boolean {
  return certainValue(expression) !== false;
}

/**
 * Whether an expression is never true because of a comparison of constants: `1==0`, `1==0 AND skill == "x"`. Nobody
 * writes that by mistake; Twilio's own templates hold tasks back with it.
 */
export function isSwitchedOff(expression: Expression): boolean {
  if (expression.kind === "comparison")
    return expression.left.kind !== "reference" && expression.right.kind !== "reference"
      ? !compare(expression.operator, operandValue(expression.left, {}), operandValue(expression.right, {}))
      : false;
  return expression.kind === "and"
    ? expression.operands.some(isSwitchedOff)
    : expression.operands.every(isSwitchedOff);
}

function certainComparison({ operator, left, right }: Comparison): boolean | undefined {
  const known = [left, right].filter((operand) => operand.kind !== "reference");
  if (known.length === 2) return compare(operator, operandValue(left, {}), operandValue(right, {}));
  if (known.length === 0) return undefined;
  const leftFits = left.kind === "reference" || fits(operator, "left", operandValue(left, {}));
  const rightFits = right.kind === "reference" || fits(operator, "right", operandValue(right, {}));
  return leftFits && rightFits ? undefined : false;
}

/** Whether a comparison can be true with this value on this side. */
function fits(operator: Comparison["operator"], side: "left" | "right", value: Json): boolean {
  switch (operator) {
    case "==":
      return isScalar(value);
    case "!=":
      // A list differs from null by being there; the other side may turn out missing.
      return true;
    case ">":
    case ">=":
    case "<":
    case "<=":
      return typeof value === "number" || typeof value === "string";
    case "CONTAINS":
      return typeof value === "string";
    case "HAS":
      return side === "left" ? isFilledArray(value) : isScalar(value);
    case "IN":
      return side === "right" ? isFilledArray(value) : isScalar(value);
    case "NOT IN":
      return side === "right" ? Array.isArray(value) : isScalar(value);
  }
}

function isFilledArray(value: Json): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Whether two of the operands of an AND demand different constants of one attribute. */
function contradicts(operands: readonly Expression[]): boolean {
  const demanded = new Map<string, Json>();
  for (const operand of operands) {
    const demand = operand.kind === "comparison" ? demandOf(operand) : undefined;
    if (!demand) continue;
    const earlier = demanded.get(demand.path);
    if (earlier !== undefined && earlier !== demand.value) return true;
    demanded.set(demand.path, demand.value);
  }
  return false;
}

/** `{path, value}` of a comparison like `a == 1` or `1 == a`. */
function demandOf({ operator, left, right }: Comparison): { path: string; value: Json } | undefined {
  if (operator !== "==") return undefined;
  const pair = (reference: Operand, constant: Operand) =>
    reference.kind === "reference" && constant.kind === "constant"
      ? { path: printPath(reference.path), value: constant.value }
      : undefined;
  return pair(left, right) ?? pair(right, left);
}
