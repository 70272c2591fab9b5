import type { Context } from "../../kernel/context.ts";
import { oneOf, sid, text } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource, type ResourceDeclaration } from "../../kernel/resource.ts";
import { checkReservationUpdate, followReservationUpdate } from "./assignment/reservationStatus.ts";
import { onReservationDue } from "./assignment/reservationDue.ts";
import { task } from "./task.ts";
import { worker } from "./worker.ts";
import { workspace } from "./workspace.ts";

export const reservationStatuses = [
  "pending",
  "accepted",
  "rejected",
  "timeout",
  "canceled",
  "rescinded",
  "wrapping",
  "completed",
] as const;
export type ReservationStatus = (typeof reservationStatuses)[number];

/** The statuses that take one of a worker's capacity. */
export const activeStatuses: readonly ReservationStatus[] = ["pending", "accepted", "wrapping"];

/** A task offered to a worker, and what came of it. Stored in the workspace: it belongs to both. */
export interface Reservation {
  task_sid: string;
  worker_sid: string;
  worker_name: string;
  reservation_status: ReservationStatus;
  /** Seconds that the worker has for an answer. */
  timeout: number;
  // Both SIDs again, while it is active: ended ones, of which there may be hundreds, are not even looked at.
  active_task_sid: string | null;
  active_worker_sid: string | null;
  /** The activity that the worker was in before, where being reserved changed it. */
  previous_activity_sid: string | null;
}

/** The fields of a reservation in a status. */
export function withStatus<F extends Pick<Reservation, "task_sid" | "worker_sid">>(
  fields: F,
  status: ReservationStatus,
): F & Pick<Reservation, "reservation_status" | "active_task_sid" | "active_worker_sid"> {
  const isActive = activeStatuses.includes(status);
  return {
    ...fields,
    reservation_status: status,
    active_task_sid: isActive ? fields.task_sid : null,
    active_worker_sid: isActive ? fields.worker_sid : null,
  };
}

const declaration = {
  kind: "taskrouter.Reservation",
  prefix: "WR",
  parent: () => workspace,
  listKey: "reservations",
  operations: ["fetch", "list", "update"],
  etag: true,
  parameters: {
    ReservationStatus: oneOf(reservationStatuses, { on: "update", field: null }),
    // Where the worker goes who rejects.
    WorkerActivitySid: sid("WA", { on: "update", field: null }),
    Instruction: text({ on: "update", field: null }),
  },
  indexed: ["task_sid", "worker_sid", "reservation_status", "active_task_sid", "active_worker_sid"],
  filters: {
    ReservationStatus: { field: "reservation_status" },
    WorkerSid: { field: "worker_sid" },
  },
  links: {
    task: "/v1/Workspaces/{WorkspaceSid}/Tasks/{task_sid}",
    worker: "/v1/Workspaces/{WorkspaceSid}/Workers/{worker_sid}",
    workspace: "/v1/Workspaces/{WorkspaceSid}",
  },
  hidden: ["timeout", "previous_activity_sid", "active_task_sid", "active_worker_sid"],
  beforeWrite: checkReservationUpdate,
  afterUpdate: followReservationUpdate,
  due: ({ fields, created }) =>
    fields.reservation_status === "pending" ? created + fields.timeout * 1000 : undefined,
  onDue: onReservationDue,
} satisfies Omit<ResourceDeclaration<Reservation>, "path">;

/** Reservations as they are reached through their task. */
export const reservation: Resource<Reservation> = resource<Reservation>({
  ...declaration,
  path: "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations",
  under: { resource: () => task, field: "task_sid" },
});

/** The same reservations as they are reached through their worker. */
export const workerReservation: Resource<Reservation> = resource<Reservation>({
  ...declaration,
  path: "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations",
  under: { resource: () => worker, field: "worker_sid" },
  filters: { ReservationStatus: { field: "reservation_status" } },
});

/** The reservations of a task or a worker, oldest first; those of some statuses when these are given. */
export function reservationsOf(
  context: Context,
  workspaceSid: string,
  owner: string,
  statuses: readonly ReservationStatus[] = reservationStatuses,
): Document<Reservation>[] {
  const isActive = statuses.every((status) => activeStatuses.includes(status));
  const name = owner.startsWith("WT") ? "task_sid" : "worker_sid";
  const field = isActive ? (`active_${name}` as const) : name;
  return context
    .of(reservation)
    .all(workspaceSid, { field, value: owner })
    .filter(({ fields }) => statuses.includes(fields.reservation_status));
}
