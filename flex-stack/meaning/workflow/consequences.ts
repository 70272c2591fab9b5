import { sidOf } from "../../../rehearsal/sid-of.ts";
import { sidOfKnown } from "../known-resource.ts";
import { expressionOf, isUnserved } from "../queue-members.ts";
import { said, type Statement } from "../statement.ts";
import type { Surroundings } from "../surroundings.ts";
import { exampleTasks, type ExampleTask } from "./example-tasks.ts";
import { expressionText } from "../../values/expression-text.ts";
import { journeyOf, journeyPhrases, type Journey } from "./journey.ts";
import { queueType, type ReadWorkflow } from "./read-workflow.ts";

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
      ...journeyPhrases(now, surroundings, "after"),
      "; before, to ",
      ...journeyPhrases(before, surroundings, "before"),
    ];
    const nobody = reachesNobody(now, surroundings);
    const danger = nobody || isLoss(before, now);
    return [said("consequence", [], nobody ? [...text, `; ${servedByNobody}`] : text, { danger })];
  });
}

function sameWay(before: Journey, now: Journey): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

/** The task ends before an agent has it, or goes to others than the worker it names. */
function isLoss(before: Journey, now: Journey): boolean {
  const named = ({ stops }: Journey) => stops.some((stop) => stop.named !== undefined);
  return now.end !== "waits" || (named(before) && !named(now));
}

const servedByNobody = "nobody of the stack's workers serves that";

/** Whether nobody of the stack's workers serves any of the queues that a task comes to. */
function reachesNobody({ stops }: Journey, surroundings: Surroundings): boolean {
  return stops.length > 0 && stops.every(({ queue }) => servesNobody(queue, surroundings));
}

/** Whether the queue of this SID is one that nobody of the stack's workers serves. */
export function servesNobody(sid: string, surroundings: Surroundings): boolean {
  const queue = surroundings.of(queueType).find((each) => [sidOfKnown(each), sidOf(each.name)].includes(sid));
  const source = queue && expressionOf(queue.properties);
  return source !== undefined && isUnserved(source, surroundings);
}

/** Tasks that end before an agent has them, in a workflow that is new: each filter's own, and those of no filter. */
export function losses(workflow: ReadWorkflow, surroundings: Surroundings): Statement[] {
  const lost = travels(workflow).flatMap(({ task, journey }) => {
    const nobody = reachesNobody(journey, surroundings);
    if (journey.end === "waits" && !nobody) return [];
    const way = [
      "a task with ",
      { code: task.label },
      " goes to ",
      ...journeyPhrases(journey, surroundings, "after"),
    ];
    return [said("consequence", [], nobody ? [...way, `; ${servedByNobody}`] : way, { danger: true })];
  });
  if (workflow.defaultQueue !== undefined || catchesAll(workflow)) return lost;
  const none = "tasks that match no filter go nowhere: they are not created";
  return [...lost, said("consequence", ["default filter"], [none], { danger: true })];
}

/** Example tasks of a workflow's filters that end before an agent has them, and their way until then. */
export function ended(workflow: ReadWorkflow): Travel[] {
  return travels(workflow).filter(({ journey }) => journey.end !== "waits");
}

export interface Travel {
  readonly task: ExampleTask;
  readonly journey: Journey;
}

/** The ways of tasks that just fit a workflow's filters, one for each alternative of each. */
export function travels(workflow: ReadWorkflow): Travel[] {
  const tasks = new Map(
    workflow.filters.flatMap(({ expression }) => exampleTasks(expression)).map((task) => [task.label, task]),
  );
  return [...tasks.values()].flatMap((task) => {
    const journey = journeyOf(workflow, task.attributes);
    return journey === undefined ? [] : [{ task, journey }];
  });
}

/** Whether a filter takes any task, so that none is left without. */
export function catchesAll({ filters }: ReadWorkflow): boolean {
  return filters.some(({ expression }) => expressionText(expression) === "1 == 1");
}
