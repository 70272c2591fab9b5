import { said, type Statement } from "../statement.ts";
import type { Surroundings } from "../surroundings.ts";
import { exampleTasks, type ExampleTask } from "./example-tasks.ts";
import { journeyOf, journeyText, type Journey } from "./journey.ts";
import type { ReadWorkflow } from "./read-workflow.ts";

/**
 * Which tasks now go elsewhere. Tried with tasks made from the filters' own expressions, before and after; each
 * is sent through both workflows, so that also a filter that stands earlier, or one that is gone, is seen.
 */
export function consequences(from: ReadWorkflow, to: ReadWorkflow, surroundings: Surroundings): Statement[] {
  const tasks = new Map<string, ExampleTask>();
  for (const { expression } of [...to.filters, ...from.filters]) {
    for (const task of exampleTasks(expression)) {
      if (!tasks.has(task.label)) tasks.set(task.label, task);
    }
  }
  return [...tasks.values()].flatMap(({ label, attributes }) => {
    const [before, now] = [journeyOf(from, attributes), journeyOf(to, attributes)];
    if (!before || !now || sameWay(before, now)) return [];
    const text = [
      "a task with ",
      { code: label },
      " now goes to ",
      { after: journeyText(now, surroundings) },
      "; before, to ",
      { before: journeyText(before, surroundings) },
    ];
    return [said("consequence", [], text, { danger: isLoss(before, now) })];
  });
}

function sameWay(before: Journey, now: Journey): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

/** The task ends where it did not, or goes to others than the worker it names. */
function isLoss(before: Journey, now: Journey): boolean {
  const named = ({ stops }: Journey) => stops.some((stop) => stop.named !== undefined);
  return (before.end === "waits" && now.end !== "waits") || (named(before) && !named(now));
}
