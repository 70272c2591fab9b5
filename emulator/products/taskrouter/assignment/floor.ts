import { Roster, type RoutingChannel, type RoutingWorker } from "../../../../routing/index.ts";
import type { Context } from "../../../kernel/context.ts";
import { activity } from "../activity.ts";
import { activeStatuses, reservation, reservationsOf } from "../reservation.ts";
import { task } from "../task.ts";
import { taskQueue } from "../taskQueue.ts";
import { attributesOf, worker, type Worker } from "../worker.ts";
import { workerChannel } from "../workerChannel.ts";
import { workspace } from "../workspace.ts";

type MutableChannel = { -readonly [key in keyof RoutingChannel]: RoutingChannel[key] };
type MutableWorker = { -readonly [key in keyof Omit<RoutingWorker, "channels">]: RoutingWorker[key] } & {
  channels: Record<string, MutableChannel>;
};

/** The queues and workers of a workspace, read once and kept up to date while tasks are given out. */
export class Floor {
  readonly #context: Context;
  readonly #workspaceSid: string;
  readonly #multitasking: boolean;
  readonly #workers: ReadonlyMap<string, MutableWorker>;
  #roster: Roster | undefined;

  constructor(context: Context, workspaceSid: string) {
    this.#context = context;
    this.#workspaceSid = workspaceSid;
    this.#multitasking = context.of(workspace).get(workspaceSid)?.fields.multi_task_enabled ?? true;
    this.#workers = readWorkers(context, workspaceSid);
    for (const status of activeStatuses) {
      const where = { field: "reservation_status", value: status } as const;
      for (const { fields } of context.of(reservation).all(workspaceSid, where)) {
        const channel = context.of(task).get(fields.task_sid)?.fields.task_channel_unique_name ?? "";
        this.#take(fields.worker_sid, channel, status === "accepted");
      }
    }
  }

  get roster(): Roster {
    return (this.#roster ??= new Roster({
      queues: this.#context
        .of(taskQueue)
        .all(this.#workspaceSid)
        .map(({ sid, fields }) => ({
          sid,
          friendlyName: fields.friendly_name,
          targetWorkers: fields.target_workers,
          maxReservedWorkers: fields.max_reserved_workers,
        })),
      workers: this.#workers.values(),
    }));
  }

  worker(sid: string): RoutingWorker | undefined {
    return this.#workers.get(sid);
  }

  /** Notes that a worker was reserved. */
  reserve(workerSid: string, channel: string): void {
    this.#take(workerSid, channel, false);
    this.#roster = undefined;
  }

  #take(workerSid: string, channel: string, accepted: boolean): void {
    const taker = this.#workers.get(workerSid);
    if (taker === undefined) return;
    // Without multitasking a worker has one task at a time, of whatever channel.
    if (!this.#multitasking) taker.available = false;
    const taken = Object.hasOwn(taker.channels, channel) ? taker.channels[channel] : undefined;
    if (taken === undefined) return;
    taken.activeReservations++;
    if (accepted) taken.assignedTasks++;
  }
}

function readWorkers(context: Context, workspaceSid: string): Map<string, MutableWorker> {
  const activities = new Map(
    context
      .of(activity)
      .all(workspaceSid)
      .map(({ sid, fields }) => [sid, fields]),
  );
  const workers = new Map<string, MutableWorker>();
  for (const { sid, fields } of context.of(worker).all(workspaceSid)) {
    const current = activities.get(fields.activity_sid);
    workers.set(sid, {
      sid,
      friendlyName: fields.friendly_name,
      attributes: attributesOf(fields.attributes),
      activitySid: fields.activity_sid,
      activityName: current?.friendly_name ?? "",
      available: current?.available ?? false,
      channels: readChannels(context, sid),
      idleSince: idleSince(fields),
    });
  }
  return workers;
}

function readChannels(context: Context, workerSid: string): Record<string, MutableChannel> {
  const channels: Record<string, MutableChannel> = Object.create(null) as Record<string, MutableChannel>;
  for (const { fields } of context.of(workerChannel).all(workerSid)) {
    channels[fields.task_channel_unique_name] = {
      available: fields.available,
      configuredCapacity: fields.configured_capacity,
      assignedTasks: 0,
      activeReservations: 0,
    };
  }
  return channels;
}

/** When a worker last became idle. */
function idleSince({ idle_since, status_changed }: Worker): number {
  return idle_since ?? status_changed;
}

/** How many tasks of a channel a worker has: accepted, and all that take of the capacity. */
export function channelLoad(
  context: Context,
  workspaceSid: string,
  workerSid: string,
  taskChannelSid: string,
): { assigned: number; active: number } {
  let assigned = 0;
  let active = 0;
  for (const { fields } of reservationsOf(context, workspaceSid, workerSid, activeStatuses)) {
    if (context.of(task).get(fields.task_sid)?.fields.task_channel_sid !== taskChannelSid) continue;
    active++;
    if (fields.reservation_status === "accepted") assigned++;
  }
  return { assigned, active };
}
