import { isScalar, type Json, type JsonObject } from "../json.ts";
import type { Comparison, Expression, Operand, Path } from "./ast.ts";
import { compare } from "./compare.ts";
import { operandValue, resolvePath, step } from "./resolve.ts";

/** An expression made ready to be evaluated many times. Never throws, whatever the attributes are. */
export type Predicate = (root: JsonObject) => boolean;

/**
 * Evaluates an expression once; use `compileExpression` for many evaluations.
 *
 * @param root what bare names refer to: see `scope.ts`.
 */
export function evaluateExpression(expression: Expression, root: JsonObject): boolean {
  switch (expression.kind) {
    case "and":
      return expression.operands.every((operand) => evaluateExpression(operand, root));
    case "or":
      return expression.operands.some((operand) => evaluateExpression(operand, root));
    case "comparison":
      return compare(
        expression.operator,
        operandValue(expression.left, root),
        operandValue(expression.right, root),
      );
  }
}

/** Turns an expression into closures: the same answers as `evaluateExpression`, many times faster. */
export function compileExpression(expression: Expression): Predicate {
  if (expression.kind === "comparison") return compileComparison(expression);
  const tests = expression.operands.map(compileExpression);
  const [first, second] = tests as [Predicate, Predicate];
  const pair = tests.length === 2;
  if (expression.kind === "and") {
    return pair ? (root) => first(root) && second(root) : (root) => tests.every((test) => test(root));
  }
  return pair ? (root) => first(root) || second(root) : (root) => tests.some((test) => test(root));
}

function compileComparison({ operator, left, right }: Comparison): Predicate {
  if (left.kind !== "reference" && right.kind !== "reference") {
    const value = compare(operator, operandValue(left, {}), operandValue(right, {}));
    return () => value;
  }
  const read = reader(left);
  if (right.kind === "constant") {
    const wanted = right.value;
    if (operator === "==") return (root) => read(root) === wanted;
    if (operator === "HAS") {
      return (root) => {
        const value = read(root);
        return Array.isArray(value) && value.includes(wanted);
      };
    }
  }
  if (right.kind === "list") {
    const values = new Set<Json>(right.values.map(({ value }) => value));
    if (operator === "IN") return (root) => values.has(read(root));
    if (operator === "NOT IN") {
      return (root) => {
        const value = read(root);
        return isScalar(value) && !values.has(value);
      };
    }
  }
  const readRight = reader(right);
  if (operator === "==") {
    return (root) => {
      const value = read(root);
      return value === readRight(root) && isScalar(value);
    };
  }
  return (root) => compare(operator, read(root), readRight(root));
}

function reader(operand: Operand): (root: JsonObject) => Json {
  if (operand.kind === "reference") return pathReader(operand.path);
  const value = operandValue(operand, {});
  return () => value;
}

function pathReader(path: Path): (root: JsonObject) => Json {
  const [first, second] = path;
  if (second === undefined) return (root) => step(root, first) ?? null;
  if (path.length === 2) return (root) => step(step(root, first), second) ?? null;
  return (root) => resolvePath(path, root) ?? null;
}
