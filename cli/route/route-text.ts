import type { Rehearsal } from "../../rehearsal/index.ts";
import { describeOutcome, renderTrace, type RoutingOutcome } from "../../routing/index.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";
import type { Route } from "../../flex-stack/route/index.ts";
import type { RouteOptions } from "./options.ts";

type Shown = Pick<RouteOptions, "explain" | "stack">;

/** As lines for people. */
export function routeText(route: Route, { explain }: Shown, { style }: Styled): string[] {
  const { rehearsal, source, workers, leftOut } = route;
  const { task, taskChannel, workflow, stages } = rehearsal;
  // A program's resources have no SIDs before they are made.
  const sids = { sids: source === "account" };
  const lines = [
    `Task ${JSON.stringify(task)}`,
    `  workflow "${workflow.friendlyName}" of the ${source}, task channel ${taskChannel}`,
    `  ${workers.count} ${workers.count === 1 ? "worker" : "workers"} from ${workers.from}`,
    "",
  ];
  for (const { age, trace } of stages) {
    lines.push(`${age === 0 ? "at once" : `after ${age} s`}: ${describeOutcome(trace.outcome, sids)}`);
    if (explain)
      lines.push(
        ...renderTrace(trace, { ...sids, maxWorkers: Infinity })
          .slice(0, -1)
          .map((line) => `  ${line}`),
      );
  }
  const doubts = [...new Set(stages.flatMap(({ trace }) => trace.doubts))];
  if (doubts.length > 0)
    lines.push(
      "Twilio does not document how it compares different types, and may send the task elsewhere:",
      ...doubts.map((doubt) => `  ${doubt}`),
    );
  if (leftOut.length > 0)
    lines.push(
      `${leftOut.length} more workers are left out: they would fit, and their capacity was not read.`,
    );
  if (workers.count === 0)
    lines.push(
      `There is nobody to route to: name workers with --workers FILE${workers.from === "the account" ? "" : ", or --workers live"}.`,
    );
  lines.push("", style(arrives(rehearsal.outcome) ? "green" : "red", conclusion(rehearsal)));
  return lines;
}

/** As the document of `--json`. */
export function routeJson(route: Route, { explain, stack }: Shown): unknown {
  const { rehearsal, source, workers, leftOut } = route;
  const { task, taskChannel, workflow, stages, outcome } = rehearsal;
  return {
    stack,
    source,
    task,
    taskChannel,
    workflow: workflow.friendlyName,
    workers,
    outcome: short(outcome),
    stages: stages.map(({ age, trace }) => ({
      age,
      outcome: short(trace.outcome),
      doubts: trace.doubts,
      ...(explain && { filters: trace.filters, defaultStep: trace.defaultStep ?? null }),
    })),
    workersLeftOut: leftOut,
  };
}

function short(outcome: RoutingOutcome): unknown {
  if (!("queueSid" in outcome)) return outcome;
  return {
    kind: outcome.kind,
    queue: outcome.queueName ?? outcome.queueSid,
    workers: outcome.kind === "offered" ? outcome.workers.map(({ friendlyName }) => friendlyName) : [],
    priority: outcome.priority,
    until: outcome.until ?? null,
  };
}

function arrives({ kind }: RoutingOutcome): boolean {
  return kind === "offered";
}

function conclusion({ outcome, stages }: Rehearsal): string {
  const age = stages.at(-1)?.age ?? 0;
  const when = age === 0 ? "" : ` after ${age} s`;
  switch (outcome.kind) {
    case "offered":
      return `It goes to ${outcome.workers.map(({ friendlyName }) => friendlyName).join(" and ")}${when}.`;
    case "waiting":
      return `It stays in queue ${outcome.queueName ?? outcome.queueSid}${age === 0 ? "" : ` from ${age} s on`}: nobody there can take it now.`;
    case "canceled":
      return `It is canceled${when}: its time in the workflow is over.`;
    case "skipped":
      return "It is removed: skip_if left the last filter, and there is no default filter.";
    case "unmatched":
      return "It is not created: no filter matches, and there is no default filter.";
  }
}
