import type { Json, JsonObject } from "../json.ts";
import type { Expression, Operand, Reference } from "./ast.ts";
import { referencesOf } from "./references.ts";

/**
 * Where an expression stands decides what its names mean:
 * - `queue`: TargetWorkers of a TaskQueue; bare names are attributes of the Worker.
 * - `filter`: bare names are attributes of the Task, and `taskrouter.` is the clock.
 * - `target`: everything stands behind `task.`, `worker.` or `taskrouter.`.
 * - `skip_if`: `workers.` counts the Workers of the queue; `task.` and `taskrouter.` as in a target.
 */
export type ExpressionScope = "queue" | "filter" | "target" | "skip_if";

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/**
 * What `taskrouter.` holds at an instant, all in UTC: `currentTime` (HHMM as a number, 930 at half past nine),
 * `currentHour`, `currentMin`, `dayOfWeek` (`Mon` …).
 *
 * Twilio calls `currentHour` a string, yet compares it with numbers in its examples: a number it is.
 */
export function taskrouterClock(now: Date): JsonObject {
  const currentHour = now.getUTCHours();
  const currentMin = now.getUTCMinutes();
  return {
    currentTime: currentHour * 100 + currentMin,
    currentHour,
    currentMin,
    dayOfWeek: days[now.getUTCDay()] as Json,
  };
}

const roots: Readonly<Record<Exclude<ExpressionScope, "queue" | "filter">, readonly string[]>> = {
  target: ["task", "worker", "taskrouter"],
  skip_if: ["workers", "task", "taskrouter"],
};

export interface MisplacedReference {
  readonly reference: Reference;
  /** Why it finds nothing where it stands, and what to write instead. */
  readonly message: string;
}

/**
 * References that are legal but find nothing where the expression stands, such as a bare `language` in a target.
 * An attribute that really is named `task` or `worker` may stand alone in filters and queues; its members are reported,
 * too: nobody means those.
 */
export function misplacedReferences(expression: Expression, scope: ExpressionScope): MisplacedReference[] {
  return referencesOf(expression).flatMap((reference) => {
    const message = misplacement(reference, scope);
    return message === undefined ? [] : [{ reference, message }];
  });
}

/** The expression as it reads where it stands: NULL in the place of references that find nothing there. */
export function withoutMisplaced(expression: Expression, scope: ExpressionScope): Expression {
  if (expression.kind !== "comparison")
    return {
      ...expression,
      operands: expression.operands.map((operand) => withoutMisplaced(operand, scope)),
    };
  const found = (operand: Operand): Operand =>
    operand.kind === "reference" && misplacement(operand, scope) !== undefined
      ? { kind: "constant", value: null, start: operand.start, end: operand.end }
      : operand;
  return { ...expression, left: found(expression.left), right: found(expression.right) };
}

function misplacement({ path }: Reference, scope: ExpressionScope): string | undefined {
  const [root] = path;
  if (path.length === 1 && (scope === "queue" || scope === "filter")) return undefined;
  switch (scope) {
    case "queue":
      if (root === "worker") return "a queue reads worker attributes without `worker.`";
      if (root === "task" || root === "taskrouter")
        return `a queue knows no \`${root}.\`, only worker attributes`;
      return undefined;
    case "filter":
      if (root === "task") return "a filter reads task attributes without `task.`";
      if (root === "worker") return "a filter knows no `worker.`; compare with workers in a target";
      return undefined;
    case "target":
    case "skip_if":
      if (roots[scope].includes(root)) return undefined;
      return `here names start with ${roots[scope].map((each) => `\`${each}.\``).join(" or ")}`;
  }
}
