import {
  attributesRead,
  comparisonsOf,
  ExpressionError,
  parseExpression,
  targetedRouting,
  type Expression,
  type WorkflowFilter,
  type WorkflowTarget,
} from "../../../routing/index.ts";

/** How a worker is addressed: the task's attribute, the worker's, and the expression of both. */
export const taskAttribute = "targetWorker";
export const workerAttribute = "contact_uri";
export const targetedExpression = `task.${taskAttribute} == worker.${workerAttribute}`;

/** An expression, parsed; undefined where there is none or it does not parse, which another rule tells. */
export function expressionOf(source: string | undefined): Expression | undefined {
  if (source === undefined) return undefined;
  try {
    return parseExpression(source);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** Whether a target's expression is about the worker whom the task names, rightly or wrongly. */
export function addressesWorker(expression: Expression): boolean {
  return attributesRead(expression).some(
    (path) => path === `task.${taskAttribute}` || path === `worker.${workerAttribute}`,
  );
}

/** Whether only the worker whom the task names can get it in this target. */
export function isTargeted({
  expression,
  known_worker_sid,
  known_worker_friendly_name,
}: WorkflowTarget): boolean {
  if (known_worker_sid != null || known_worker_friendly_name != null) return true;
  const parsed = expressionOf(expression);
  return parsed !== undefined && targetedRouting(parsed) !== undefined;
}

/** Whether a filter takes tasks because they name a worker: it demands `targetWorker != null`. */
export function demandsWorker({ expression }: WorkflowFilter): boolean {
  const parsed = expressionOf(expression);
  if (parsed === undefined || parsed.kind === "or") return false;
  return comparisonsOf(parsed).some(({ operator, left, right }) => {
    const sides = [left, right];
    return (
      operator === "!=" &&
      sides.some((side) => side.kind === "reference" && side.path.join(".") === taskAttribute) &&
      sides.some((side) => side.kind === "constant" && side.value === null)
    );
  });
}
