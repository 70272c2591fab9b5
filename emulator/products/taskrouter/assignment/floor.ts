import {
  Roster,
  type RoutingChannel,
  type RoutingQueue,
  type RoutingWorker,
} from "../../../../routing/index.ts";
import type { Change, Context } from "../../../kernel/context.ts";
import { attributesOf } from "../stored/attributes.ts";
import {
  activity,
  type Activity,
  reservation,
  type Reservation,
  task,
  type Task,
  taskQueue,
  worker,
  workerChannel,
  workspace,
} from "../stored/kinds.ts";
import { activeStatuses, reservationsOf } from "../stored/reservationsOf.ts";

/** The floor of a workspace, read at its first use and kept up to date with every write. */
export function floorOf(context: Context, workspaceSid: string): Floor {
  const key = keyOf(workspaceSid);
  const known = context.derived.get(key);
  if (known instanceof Floor) return known;
  const floor = new Floor(workspaceSid);
  context.derived.set(key, floor);
  return floor;
}

/** Tells the floor of a workspace, if it was read already, of a write. */
export function updateFloor(change: Change, context: Context, workspaceSid: string): void {
  const key = keyOf(workspaceSid);
  const floor = context.derived.get(key);
  if (floor instanceof Floor && !floor.follow(change)) context.derived.delete(key);
}

function keyOf(workspaceSid: string): string {
  return `taskrouter floor ${workspaceSid}`;
}

/** The queues and workers of a workspace as routing sees them. */
export class Floor {
  readonly #workspaceSid: string;
  /** Workers that are to be read again; undefined: all of them. */
  #stale: Set<string> | undefined;
  #workers = new Map<string, RoutingWorker>();
  #queues: readonly RoutingQueue[] | undefined;
  #roster: Roster | undefined;
  /** Task channels on which somebody could take a task. */
  #room: ReadonlySet<string> | undefined;

  constructor(workspaceSid: string) {
    this.#workspaceSid = workspaceSid;
  }

  roster(context: Context): Roster {
    this.#refresh(context);
    this.#queues ??= readQueues(context, this.#workspaceSid);
    return (this.#roster ??= new Roster({ queues: this.#queues, workers: this.#workers.values() }));
  }

  worker(context: Context, sid: string): RoutingWorker | undefined {
    this.#refresh(context);
    return this.#workers.get(sid);
  }

  /** Whether any worker at all could take a task of a channel now. */
  hasRoom(context: Context, channel: string): boolean {
    this.#refresh(context);
    return (this.#room ??= roomOf(this.#workers.values())).has(channel);
  }

  /** Whether any worker at all could take a task of some channel now. */
  hasAnyRoom(context: Context): boolean {
    this.#refresh(context);
    return (this.#room ??= roomOf(this.#workers.values())).size > 0;
  }

  /** Notes a write; false when the floor is to be read anew. */
  follow(change: Change): boolean {
    const after = change.action === "delete" ? change.before : change.after;
    switch (change.kind) {
      case worker.kind:
        this.#outdate(after.sid);
        return true;
      case workerChannel.kind:
        this.#outdate(after.parentSid);
        return true;
      case reservation.kind:
        this.#outdate((after.fields as Reservation).worker_sid);
        return true;
      case taskQueue.kind:
        this.#queues = this.#roster = undefined;
        return true;
      case task.kind: {
        if (change.action !== "update") return true;
        // Reservations count on the channel of their task.
        const before = change.before.fields as Task;
        return before.task_channel_sid === (after.fields as Task).task_channel_sid;
      }
      case activity.kind:
      case workspace.kind:
        return false;
      default:
        return true;
    }
  }

  #outdate(workerSid: string): void {
    this.#stale?.add(workerSid);
  }

  #refresh(context: Context): void {
    if (this.#stale?.size === 0) return;
    const reader = new WorkerReader(context, this.#workspaceSid);
    const all = (): string[] =>
      context
        .of(worker)
        .all(this.#workspaceSid)
        .map(({ sid }) => sid);
    for (const sid of this.#stale ?? all()) {
      const found = reader.read(sid);
      if (found === undefined) this.#workers.delete(sid);
      else this.#workers.set(sid, found);
    }
    this.#stale = new Set();
    this.#roster = this.#room = undefined;
  }
}

function roomOf(workers: Iterable<RoutingWorker>): Set<string> {
  const room = new Set<string>();
  for (const { available, channels } of workers) {
    if (!available) continue;
    for (const [name, channel] of Object.entries(channels)) {
      if (channel.available && channel.activeReservations < channel.configuredCapacity) room.add(name);
    }
  }
  return room;
}

function readQueues(context: Context, workspaceSid: string): RoutingQueue[] {
  return context
    .of(taskQueue)
    .all(workspaceSid)
    .map(({ sid, fields }) => ({
      sid,
      friendlyName: fields.friendly_name,
      targetWorkers: fields.target_workers,
      maxReservedWorkers: fields.max_reserved_workers,
    }));
}

class WorkerReader {
  readonly #context: Context;
  readonly #multitasking: boolean;
  readonly #activities: ReadonlyMap<string, Activity>;

  constructor(context: Context, workspaceSid: string) {
    this.#context = context;
    this.#multitasking = context.of(workspace).get(workspaceSid)?.fields.multi_task_enabled ?? true;
    this.#activities = new Map(
      context
        .of(activity)
        .all(workspaceSid)
        .map(({ sid, fields }) => [sid, fields]),
    );
  }

  read(sid: string): RoutingWorker | undefined {
    const found = this.#context.of(worker).get(sid);
    if (found === undefined) return undefined;
    const { fields, parentSid } = found;
    const current = this.#activities.get(fields.activity_sid);
    const loads = new Map<string, { assigned: number; active: number }>();
    const reservations = reservationsOf(this.#context, parentSid, sid, activeStatuses);
    for (const { fields: taken } of reservations) {
      const channel = this.#context.of(task).get(taken.task_sid)?.fields.task_channel_sid ?? "";
      const { assigned, active } = loads.get(channel) ?? { assigned: 0, active: 0 };
      const accepted = taken.reservation_status === "accepted" ? 1 : 0;
      loads.set(channel, { assigned: assigned + accepted, active: active + 1 });
    }
    // Without multitasking a worker has one task at a time, of whatever channel.
    const isFree = this.#multitasking || reservations.length === 0;
    return {
      sid,
      friendlyName: fields.friendly_name,
      attributes: attributesOf(fields.attributes),
      activitySid: fields.activity_sid,
      activityName: current?.friendly_name ?? "",
      available: isFree && current?.available === true,
      channels: this.#channels(sid, loads),
      idleSince: fields.idle_since ?? fields.status_changed,
    };
  }

  #channels(
    workerSid: string,
    loads: ReadonlyMap<string, { assigned: number; active: number }>,
  ): Record<string, RoutingChannel> {
    const channels = Object.create(null) as Record<string, RoutingChannel>;
    for (const { fields } of this.#context.of(workerChannel).all(workerSid)) {
      const load = loads.get(fields.task_channel_sid);
      channels[fields.task_channel_unique_name] = {
        available: fields.available,
        configuredCapacity: fields.configured_capacity,
        assignedTasks: load?.assigned ?? 0,
        activeReservations: load?.active ?? 0,
      };
    }
    return channels;
  }
}
