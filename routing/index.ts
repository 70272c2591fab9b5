/**
 * TaskRouter's expression language and workflow evaluation, as pure functions:
 * no input or output, no clock, no dependencies.
 */
export * from "./json.ts";
export * from "./expression/ast.ts";
export { ExpressionError } from "./expression/error.ts";
export { parseExpression } from "./expression/parser.ts";
export { printExpression, printPath } from "./expression/printer.ts";
export { compileExpression, evaluateExpression, type Predicate } from "./expression/evaluator.ts";
export * from "./expression/explain.ts";
export * from "./expression/certainty.ts";
export * from "./expression/references.ts";
export * from "./expression/scope.ts";
export * from "./expression/targeting.ts";
