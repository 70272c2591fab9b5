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
export { nextClockChange } from "./expression/clockChange.ts";
export * from "./expression/references.ts";
export * from "./expression/scope.ts";
export * from "./expression/targeting.ts";
export { compileSource, type CompiledExpression } from "./expression/compiled.ts";
export { parsePath } from "./expression/path.ts";
export * from "./workflow/configuration.ts";
export * from "./workflow/problem.ts";
export { validateWorkflow, type ValidationOptions, type WorkflowValidation } from "./workflow/validate.ts";
export * from "./workflow/compile.ts";
export { parseOrderBy, printOrderBy, type OrderTerm } from "./workflow/order.ts";
export * from "./workflow/workspace.ts";
export { Roster } from "./workflow/roster.ts";
export { describeCauses, describeIneligibility, type Ineligibility } from "./workflow/eligibility.ts";
export * from "./workflow/trace.ts";
export { routeTask, type RoutingRequest } from "./workflow/route.ts";
export { didYouMean } from "./names/similar-names.ts";
export { followTask, type Stage } from "./workflow/follow.ts";
export { describeOutcome, renderTrace, type RenderOptions } from "./workflow/render.ts";
