import { isUnknown } from "../../values/property-value.ts";
import type { Subject } from "../../changes/subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { entriesOf, type PictureEntry } from "./entries.ts";
import { expressionText } from "../../values/expression-text.ts";
import { catchesAll, servesNobody } from "./consequences.ts";
import { exampleTasks } from "./example-tasks.ts";
import { journeyOf } from "./journey.ts";
import { movedIndices, pairFilters, pairTargets, type Pair } from "./pairs.ts";
import { readWorkflow, type ReadFilter, type ReadTarget, type ReadWorkflow } from "./read-workflow.ts";
import { conditionsOf, queueName } from "./target-text.ts";

export type Mark = "same" | "added" | "changed" | "removed";

/** The routing of one workflow after a change, with what changed in it. */
export interface RoutingPicture extends Routing {
  readonly workflow: string;
  /** Whose messages come to it, as far as that is known. */
  readonly entries: readonly PictureEntry[];
  /** How it was, where a task may go another way now; its marks say nothing. */
  readonly before?: Routing | undefined;
}

export interface Routing {
  readonly filters: readonly PictureFilter[];
  readonly otherwise: PictureRest;
}

/** Where tasks go that match no filter; nowhere, without a queue. */
export interface PictureRest {
  readonly queue: string | null;
  readonly mark: Mark;
  /** Nobody of the stack's workers serves the queue. @default false */
  readonly unserved?: boolean | undefined;
  /** There are such tasks, and they are not created. @default false */
  readonly lost?: boolean | undefined;
}

export interface PictureFilter {
  readonly name: string;
  readonly expression: string;
  readonly mark: Mark;
  readonly targets: readonly PictureTarget[];
  /** After its last target a task is canceled, as no other filter takes it. @default false */
  readonly deadEnd?: boolean | undefined;
}

export interface PictureTarget {
  readonly queue: string;
  /** What narrows and orders the step: `worker.level DESC`, `60 s`, `priority 5`. */
  readonly conditions: readonly string[];
  readonly mark: Mark;
  /** Nobody of the stack's workers serves the queue. @default false */
  readonly unserved?: boolean | undefined;
}

/**
 * The picture of a workflow that is new or changed. Undefined for one that goes, and where the configuration
 * can't be read.
 */
export function routingPicture(workflow: Subject, surroundings: Surroundings): RoutingPicture | undefined {
  const { name, before, after } = surroundings.complete(workflow);
  const to = readWorkflow(after?.["configuration"], surroundings);
  if (!to || !after) return undefined;
  const from = before && readWorkflow(before["configuration"], surroundings);
  const friendlyName = after["friendlyName"];
  const own = surroundings.of(workflow.type).find((one) => one.name === name);
  // A workflow that is new has nothing to compare with: all of it is new, and marks would say nothing.
  const now = routingOf(from ?? to, to, surroundings);
  return {
    workflow: typeof friendlyName === "string" && !isUnknown(friendlyName) ? friendlyName : name,
    entries: own === undefined ? [] : entriesOf(own, surroundings),
    ...now,
    ...(from && isChanged(now) ? { before: withoutMembers(routingOf(from, from, surroundings)) } : {}),
  };
}

/** Whether anything in it is marked. */
export function isChanged({ filters, otherwise }: Routing): boolean {
  const marks = filters.flatMap(({ mark, targets }) => [mark, ...targets.map((target) => target.mark)]);
  return [...marks, otherwise.mark].some((mark) => mark !== "same");
}

/** Who served a queue before is not known: its expression and the workers may be others by now. */
function withoutMembers({ filters, otherwise }: Routing): Routing {
  const without = <Place extends { readonly unserved?: boolean | undefined }>({
    unserved: _,
    ...place
  }: Place) => place;
  return {
    filters: filters.map((filter) => ({ ...filter, targets: filter.targets.map(without) })),
    otherwise: without(otherwise),
  };
}

function routingOf(from: ReadWorkflow, to: ReadWorkflow, surroundings: Surroundings): Routing {
  const pairs = pairFilters(from.filters, to.filters);
  const moved = movedIndices(pairs);
  const { defaultQueue } = to;
  const lost = defaultQueue === undefined && !catchesAll(to);
  const unserved = defaultQueue !== undefined && servesNobody(defaultQueue, surroundings);
  return {
    filters: pairs.map((pair) => pictureFilter(pair, moved, to, surroundings)),
    otherwise: {
      queue: defaultQueue === undefined ? null : queueName(defaultQueue, surroundings),
      mark: from.defaultQueue === defaultQueue ? "same" : "changed",
      ...(lost ? { lost } : {}),
      ...(unserved ? { unserved } : {}),
    },
  };
}

function pictureFilter(
  { before, after }: Pair<ReadFilter>,
  moved: ReadonlySet<number>,
  workflow: ReadWorkflow,
  surroundings: Surroundings,
): PictureFilter {
  const { part } = after ?? before;
  const targets = pairTargets(before?.part.targets ?? [], after?.part.targets ?? []).map((pair) =>
    pictureTarget(pair, surroundings),
  );
  const same =
    before &&
    after &&
    !moved.has(after.index) &&
    before.part.name === after.part.name &&
    expressionText(before.part.expression) === expressionText(after.part.expression);
  return {
    name: part.name,
    expression: expressionText(part.expression),
    mark: !before ? "added" : !after ? "removed" : same ? "same" : "changed",
    targets,
    ...(after && isDeadEnd(after.part, workflow) ? { deadEnd: true } : {}),
  };
}

/** Whether a task that just fits the filter is canceled when nobody took it in time. */
function isDeadEnd({ expression, targets }: ReadFilter, workflow: ReadWorkflow): boolean {
  const last = targets.at(-1);
  if (last?.timeout === undefined && last?.skipIf === undefined) return false;
  return exampleTasks(expression).some(
    ({ attributes }) => journeyOf(workflow, attributes)?.end === "canceled",
  );
}

function pictureTarget({ before, after }: Pair<ReadTarget>, surroundings: Surroundings): PictureTarget {
  const { part } = after ?? before;
  const look = (target: ReadTarget) => JSON.stringify([target.queue, conditionsOf(target)]);
  return {
    queue: queueName(part.queue, surroundings),
    conditions: conditionsOf(part),
    mark: !before
      ? "added"
      : !after
        ? "removed"
        : look(before.part) === look(after.part)
          ? "same"
          : "changed",
    ...(after && servesNobody(part.queue, surroundings) ? { unserved: true } : {}),
  };
}
