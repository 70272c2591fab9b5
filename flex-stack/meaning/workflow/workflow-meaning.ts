import { valueText } from "../../values/property-value.ts";
import { changed, said, type Phrase, type Statement } from "../statement.ts";
import type { Surroundings } from "../surroundings.ts";
import { consequences, losses } from "./consequences.ts";
import { expressionText } from "../../values/expression-text.ts";
import { movedIndices, pairFilters, pairTargets, type Pair, type Placed } from "./pairs.ts";
import { readWorkflow, type ReadFilter, type ReadTarget, type ReadWorkflow } from "./read-workflow.ts";
import { conditionsOf, queueName, targetSettingNames, targetSettings, unset } from "./target-text.ts";

/**
 * What a new configuration of a workflow means: which filters, targets, conditions and queues are others, and
 * where tasks go because of it. Undefined when neither can be read as a configuration.
 */
export function workflowMeaning(
  before: unknown,
  after: unknown,
  surroundings: Surroundings,
): Statement[] | undefined {
  const [from, to] = [readWorkflow(before, surroundings), readWorkflow(after, surroundings)];
  if (!from && !to) return undefined;
  if (!to) return [changed([], "configuration", { before: sizeText(from) }, { after: valueText(after) })];
  if (!from) {
    const head = changed([], "configuration", { before: valueText(before) }, { after: sizeText(to) });
    return [head, ...workflowSummary(after, surroundings)];
  }
  const pairs = pairFilters(from.filters, to.filters);
  const moved = movedIndices(pairs);
  return [
    ...pairs.flatMap((pair) => filterMeaning(pair, moved, surroundings)),
    ...defaultMeaning(from, to, surroundings),
    ...consequences(from, to, surroundings),
  ];
}

/** Every filter of a workflow that is new, in a line each. */
export function workflowSummary(configuration: unknown, surroundings: Surroundings): Statement[] {
  const workflow = readWorkflow(configuration, surroundings);
  if (!workflow) return [];
  return [
    ...workflow.filters.map((filter) => said("add", [place(filter)], filterText(filter, surroundings))),
    ...defaultMeaning({ filters: [], defaultQueue: undefined }, workflow, surroundings),
    ...losses(workflow, surroundings),
  ];
}

function sizeText(workflow: ReadWorkflow | undefined): string {
  const count = workflow?.filters.length ?? 0;
  return `${count} ${count === 1 ? "filter" : "filters"}`;
}

function place({ name }: ReadFilter): string {
  return `filter ${name}`;
}

function filterMeaning(
  { before, after }: Pair<ReadFilter>,
  moved: ReadonlySet<number>,
  surroundings: Surroundings,
): Statement[] {
  if (!before) {
    const position = `position ${after.index + 1}: `;
    return [said("add", [place(after.part)], ["new at ", position, ...filterText(after.part, surroundings)])];
  }
  if (!after)
    return [said("remove", [place(before.part)], ["removed: ", ...filterText(before.part, surroundings)])];
  const at = [place(after.part)];
  const statements: Statement[] = [];
  if (before.part.named && after.part.named && before.part.name !== after.part.name) {
    statements.push(
      said("rename", at, ["renamed: ", { before: before.part.name }, " → ", { after: after.part.name }]),
    );
  }
  if (moved.has(after.index)) {
    statements.push(
      said("move", at, [`moved: position ${before.index + 1} → ${after.index + 1} of those tried in order`]),
    );
  }
  statements.push(
    ...different(at, "tasks", expressionText(before.part.expression), expressionText(after.part.expression)),
    ...pairTargets(before.part.targets, after.part.targets).flatMap((pair) =>
      targetMeaning(pair, at, surroundings),
    ),
  );
  return statements;
}

function targetMeaning(
  { before, after }: Pair<ReadTarget>,
  filter: readonly string[],
  surroundings: Surroundings,
): Statement[] {
  const at = (placed: Placed<ReadTarget>) => [
    ...filter,
    `target ${placed.index + 1}, ${queueName(placed.part.queue, surroundings)}`,
  ];
  if (!before) return [said("add", at(after), ["new", ...conditions(after.part)])];
  if (!after) return [said("remove", at(before), ["removed", ...conditions(before.part)])];
  const [from, to] = [targetSettings(before.part), targetSettings(after.part)];
  const queues = [before, after].map(({ part }) => queueName(part.queue, surroundings)) as [string, string];
  const otherQueue = before.part.queue !== after.part.queue;
  return [
    ...(otherQueue ? [changed(at(after), "queue", { before: queues[0] }, { after: queues[1] })] : []),
    ...targetSettingNames.flatMap((name) =>
      different(at(after), name, from[name] ?? unset[name], to[name] ?? unset[name]),
    ),
  ];
}

function defaultMeaning(from: ReadWorkflow, to: ReadWorkflow, surroundings: Surroundings): Statement[] {
  if (from.defaultQueue === to.defaultQueue) return [];
  const at = ["default filter"];
  const name = (queue: string) => queueName(queue, surroundings);
  if (to.defaultQueue === undefined) {
    const text: Phrase[] = [
      "removed: tasks that match no filter are not created any more; they went to ",
      { before: name(from.defaultQueue ?? "") },
    ];
    return [said("remove", at, text, { danger: true })];
  }
  if (from.defaultQueue === undefined) {
    return [said("add", at, ["tasks that match no filter go to ", { after: name(to.defaultQueue) }])];
  }
  return [changed(at, "queue", { before: name(from.defaultQueue) }, { after: name(to.defaultQueue) })];
}

function different(at: readonly string[], label: string, from: string, to: string): Statement[] {
  return from === to ? [] : [changed(at, label, { before: from }, { after: to })];
}

/** `skill == "billing"` → Billing (for 60 s), then Overflow. */
function filterText({ expression, targets }: ReadFilter, surroundings: Surroundings): Phrase[] {
  const steps = targets.map((target) => {
    const rest = conditionsOf(target).join(", ");
    return `${queueName(target.queue, surroundings)}${rest === "" ? "" : ` (${rest})`}`;
  });
  return [{ code: expressionText(expression) }, ` → ${steps.join(", then ")}`];
}

function conditions(target: ReadTarget): Phrase[] {
  const rest = conditionsOf(target);
  return rest.length > 0 ? [`: ${rest.join(", ")}`] : [];
}
