import {
  comparisonsOf,
  ExpressionError,
  isSwitchedOff,
  parseExpression,
  targetedRouting,
  type Expression,
  type WorkflowFilter,
  type WorkflowTarget,
} from "../../../routing/index.ts";

/** The task attribute that names a worker, by the worker's `contact_uri`: what this project's components write. */
export const taskAttribute = "targetWorker";

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

/** Whether tasks never leave a target but by being taken. */
export const isEndless = ({ timeout, skip_if }: WorkflowTarget): boolean =>
  timeout == null && skip_if == null;

/** Whether a target lets a task go to others than the one worker whom it names; one that is off lets none. */
export function isForOthers(target: WorkflowTarget): boolean {
  const parsed = expressionOf(target.expression);
  return !isTargeted(target) && !(parsed !== undefined && isSwitchedOff(parsed));
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
