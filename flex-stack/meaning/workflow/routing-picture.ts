import { isUnknown } from "../../values/property-value.ts";
import type { Subject } from "../../changes/subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { entriesOf, type PictureEntry } from "./entries.ts";
import { expressionText } from "../../values/expression-text.ts";
import { movedIndices, pairFilters, pairTargets, type Pair } from "./pairs.ts";
import { readWorkflow, type ReadFilter, type ReadTarget } from "./read-workflow.ts";
import { conditionsOf, queueName } from "./target-text.ts";

export type Mark = "same" | "added" | "changed" | "removed";

/** The routing of one workflow after a change, with what changed in it. */
export interface RoutingPicture {
  readonly workflow: string;
  /** Whose messages come to it, as far as that is known. */
  readonly entries: readonly PictureEntry[];
  readonly filters: readonly PictureFilter[];
  /** Where tasks go that match no filter; nowhere, without a queue. */
  readonly otherwise: { readonly queue: string | null; readonly mark: Mark };
}

export interface PictureFilter {
  readonly name: string;
  readonly expression: string;
  readonly mark: Mark;
  readonly targets: readonly PictureTarget[];
}

export interface PictureTarget {
  readonly queue: string;
  /** What narrows and orders the step: `worker.level DESC`, `60 s`, `priority 5`. */
  readonly conditions: readonly string[];
  readonly mark: Mark;
}

/**
 * The picture of a workflow that is new or changed. Undefined for one that goes, and where the configuration
 * can't be read.
 */
export function routingPicture(workflow: Subject, surroundings: Surroundings): RoutingPicture | undefined {
  const { name, before, after } = surroundings.complete(workflow);
  const to = readWorkflow(after?.["configuration"], surroundings);
  if (!to || !after) return undefined;
  // A workflow that is new has nothing to compare with: all of it is new, and marks would say nothing.
  const from = (before && readWorkflow(before["configuration"], surroundings)) ?? to;
  const pairs = pairFilters(from.filters, to.filters);
  const moved = movedIndices(pairs);
  const friendlyName = after["friendlyName"];
  const own = surroundings.of(workflow.type).find((one) => one.name === name);
  return {
    workflow: typeof friendlyName === "string" && !isUnknown(friendlyName) ? friendlyName : name,
    entries: own === undefined ? [] : entriesOf(own, surroundings),
    filters: pairs.map((pair) => pictureFilter(pair, moved, surroundings)),
    otherwise: {
      queue: to.defaultQueue === undefined ? null : queueName(to.defaultQueue, surroundings),
      mark: from.defaultQueue === to.defaultQueue ? "same" : "changed",
    },
  };
}

function pictureFilter(
  { before, after }: Pair<ReadFilter>,
  moved: ReadonlySet<number>,
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
  };
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
  };
}
