import {
  filterName,
  type Roster,
  type RoutingWorker,
  validateWorkflow,
  WorkflowError,
} from "../../../routing/index.ts";
import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { Inventory, PairCount } from "../../kernel/inventory.ts";
import { floorOf } from "./assignment/floor.ts";
import { task, taskChannel, type Workflow, workflow, workspace, type Workspace } from "./stored/kinds.ts";

/** As many workers are told of a workspace, and of a queue. */
const mostWorkers = 200;

/** Everything that routing in the account's workspaces goes by, with what waits where now. */
export function routingPicture(context: Context, inventory: Inventory): object[] {
  return context
    .of(workspace)
    .all()
    .map((each) => pictureOf(context, inventory, each));
}

function pictureOf(context: Context, inventory: Inventory, { sid, fields }: Document<Workspace>): object {
  const roster = floorOf(context, sid).roster(context);
  const counts = inventory.pairs(task.kind, sid, "task_queue_sid", "assignment_status");
  return {
    sid,
    name: fields.friendly_name,
    task_channels: context
      .of(taskChannel)
      .all(sid)
      .map(({ fields: { unique_name } }) => unique_name),
    workflows: context.of(workflow).all(sid).map(pictureOfWorkflow),
    queues: [...roster.queues].map(({ sid: queueSid, friendlyName, targetWorkers, maxReservedWorkers }) => ({
      sid: queueSid,
      name: friendlyName,
      target_workers: targetWorkers,
      max_reserved_workers: maxReservedWorkers,
      ...tasksOf(counts, queueSid, inventory, context.now),
      ...membersOf(roster, queueSid),
    })),
    worker_count: roster.workers.length,
    workers: roster.workers.slice(0, mostWorkers).map(({ state }) => pictureOfWorker(state)),
  };
}

function pictureOfWorkflow({ sid, fields }: Document<Workflow>): object {
  const { configuration } = validateWorkflow(fields.configuration);
  const routing = configuration?.task_routing;
  return {
    sid,
    name: fields.friendly_name,
    reservation_timeout: fields.task_reservation_timeout,
    filters: (routing?.filters ?? []).map((filter, index) => ({
      name: filterName(filter, index),
      expression: filter.expression,
      targets: withQueues(filter.targets),
    })),
    default_queue: routing?.default_filter?.queue ?? null,
  };
}

/** Targets, each with its queue: one that names none stays in the queue before. */
function withQueues<T extends { readonly queue?: string }>(targets: readonly T[]): T[] {
  let queue: string | undefined;
  return targets.map((target) => {
    queue = target.queue ?? queue;
    return { ...target, ...(queue === undefined ? {} : { queue }) };
  });
}

/** What lies in a queue, by what is done with it. */
function tasksOf(
  counts: readonly PairCount[],
  queueSid: string,
  inventory: Inventory,
  now: number,
): { tasks: object; longest_wait: number | null } {
  const here = counts.filter(({ first }) => first === queueSid);
  const of = (status: string): number => here.find(({ second }) => second === status)?.count ?? 0;
  const [pending, reserved, assigned, wrapping] = ["pending", "reserved", "assigned", "wrapping"].map(of);
  const waiting = here.filter(({ second }) => second === "pending" || second === "reserved");
  const oldest = waiting.length === 0 ? undefined : Math.min(...waiting.map(({ oldest: seq }) => seq));
  const created = oldest === undefined ? undefined : inventory.createdAt(oldest);
  return {
    tasks: { pending, reserved, assigned, wrapping },
    // In whole seconds.
    longest_wait: created === undefined ? null : Math.floor((now - created) / 1000),
  };
}

/** The workers of a queue; one whose expression can't be read has none, and says why. */
function membersOf(roster: Roster, queueSid: string): object {
  try {
    const members = roster.queue(queueSid)?.members ?? [];
    return {
      worker_count: members.length,
      available: members.filter(({ state }) => state.available).length,
      workers: members.slice(0, mostWorkers).map(({ state }) => state.sid),
    };
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    return { worker_count: 0, available: 0, workers: [], problem: error.message };
  }
}

function pictureOfWorker({
  sid,
  friendlyName,
  activityName,
  available,
  channels,
  attributes,
}: RoutingWorker): object {
  return {
    sid,
    name: friendlyName,
    activity: activityName,
    available,
    attributes,
    channels: Object.entries(channels).map(([name, channel]) => ({
      name,
      available: channel.available,
      capacity: channel.configuredCapacity,
      tasks: channel.activeReservations,
    })),
  };
}
