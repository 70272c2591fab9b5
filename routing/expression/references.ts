import type { Comparison, Expression, Reference } from "./ast.ts";
import { printPath } from "./printer.ts";

/** Every comparison of an expression, in the order of the source. */
export function comparisonsOf(expression: Expression): Comparison[] {
  return expression.kind === "comparison" ? [expression] : expression.operands.flatMap(comparisonsOf);
}

/** Every reference of an expression, in the order of the source; the same path may come more than once. */
export function referencesOf(expression: Expression): Reference[] {
  return comparisonsOf(expression)
    .flatMap(({ left, right }) => [left, right])
    .filter((operand) => operand.kind === "reference");
}

/** The attributes an expression reads, as it writes them, each once: `["task.language", "worker.languages"]`. */
export function attributesRead(expression: Expression): string[] {
  return [...new Set(referencesOf(expression).map(({ path }) => printPath(path)))];
}
