import { isUnknown } from "../../values/property-value.ts";
import { compileSource, ExpressionError, taskrouterClock, type JsonObject } from "../../../routing/index.ts";
import type { Phrase } from "../statement.ts";
import type { Surroundings } from "../surroundings.ts";
import type { ReadTarget, ReadWorkflow } from "./read-workflow.ts";
import { namedWorker, queueName } from "./target-text.ts";

/** Where a task goes, whoever is there to take it. */
export interface Journey {
  readonly stops: readonly Stop[];
  readonly end: "waits" | "canceled" | "not created";
}

export interface Stop {
  readonly queue: string;
  /** Only for the worker whom the task names, by this condition. */
  readonly named: string | undefined;
}

/** Any instant will do to compare two workflows, as long as it is the same; this one is a Monday morning. */
const instant = taskrouterClock(new Date("2024-01-01T10:00:00Z"));

/**
 * The queues a task passes, in order: the targets of the first filter that matches, then of the next, as
 * long as timeouts or skip_if lead on; the default filter where none matched or the last was skipped.
 * Undefined when a filter's expression is none.
 */
export function journeyOf(workflow: ReadWorkflow, attributes: JsonObject): Journey | undefined {
  const root = { taskrouter: instant, ...attributes };
  const stops: Stop[] = [];
  let left: ReadTarget | undefined;
  for (const { expression, targets } of workflow.filters) {
    const matches = holds(expression, root);
    if (matches === undefined) return undefined;
    if (!matches) continue;
    for (const target of targets) {
      stops.push({ queue: target.queue, named: namedWorker(target) });
      left = target;
      if (target.timeout === undefined && target.skipIf === undefined) return { stops, end: "waits" };
    }
  }
  const skips = left === undefined || left.skipIf !== undefined;
  if (skips && workflow.defaultQueue !== undefined) {
    return { stops: [...stops, { queue: workflow.defaultQueue, named: undefined }], end: "waits" };
  }
  return { stops, end: left === undefined ? "not created" : "canceled" };
}

function holds(source: string, root: JsonObject): boolean | undefined {
  if (isUnknown(source)) return undefined;
  try {
    return compileSource(source).test(root);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undefined;
  }
}

/** `the worker it names, in Everyone, then Overflow`, and where it is lost, `then canceled` set apart from the queues. */
export function journeyPhrases(
  { stops, end }: Journey,
  surroundings: Surroundings,
  side: "before" | "after",
): Phrase[] {
  const places = stops.map(({ queue, named }) => {
    const name = queueName(queue, surroundings);
    return named === undefined ? name : `the worker it names, in ${name}`;
  });
  const way = places.join(", then ");
  const told: Phrase[] = way === "" ? [] : [side === "before" ? { before: way } : { after: way }];
  if (end === "waits") return told;
  const lost = { lost: end === "canceled" ? "canceled" : "nowhere: it is not created" };
  return told.length === 0 ? [lost] : [...told, ", then ", lost];
}
