import type { Comparison, Expression, Operand } from "./ast.ts";
import { printPath } from "./printer.ts";

/** A target expression that can only be true for the one worker whom the task names. */
export interface TargetedRouting {
  /** The task attribute that names the worker: `targetWorker` in `task.targetWorker == worker.contact_uri`. */
  readonly taskAttribute: string;
  /** What it is compared with: `contact_uri`, `sid`, `friendly_name` or `email`. */
  readonly workerAttribute: string;
}

/** What tells one worker from all others: Flex sets contact_uri and email, TaskRouter the rest. */
const identities: readonly string[] = ["contact_uri", "sid", "friendly_name", "email"];

/**
 * Whether a target expression names one worker: it is, or requires with AND, an equality between
 * an attribute of the task and an identity of the worker. An OR is never targeted routing.
 */
export function targetedRouting(expression: Expression): TargetedRouting | undefined {
  const required = expression.kind === "and" ? expression.operands : [expression];
  for (const each of required) {
    const found = each.kind === "comparison" ? targetedComparison(each) : undefined;
    if (found) return found;
  }
  return undefined;
}

function targetedComparison({ operator, left, right }: Comparison): TargetedRouting | undefined {
  if (operator !== "==") return undefined;
  for (const [task, worker] of [
    [left, right],
    [right, left],
  ] as const) {
    const taskAttribute = attributeOf("task", task);
    const workerAttribute = attributeOf("worker", worker);
    if (
      taskAttribute !== undefined &&
      workerAttribute !== undefined &&
      identities.includes(workerAttribute)
    ) {
      return { taskAttribute, workerAttribute };
    }
  }
  return undefined;
}

/** `language` for the root `task` and the operand `task.language`. */
function attributeOf(root: string, operand: Operand): string | undefined {
  if (operand.kind !== "reference" || operand.path[0] !== root || operand.path.length < 2) return undefined;
  return printPath(operand.path).slice(root.length + 1);
}
