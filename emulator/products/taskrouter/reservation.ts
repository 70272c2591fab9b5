import { oneOf, sid, text } from "../../kernel/parameter.ts";
import { resource, type ResourceDeclaration } from "../../kernel/resource.ts";
import { onReservationDue } from "./assignment/reservationDue.ts";
import { checkReservationUpdate, followReservationUpdate } from "./assignment/reservationStatus.ts";
import { type Reservation, reservation, reservationStatuses } from "./stored/kinds.ts";
import { taskResource } from "./task.ts";
import { workerResource } from "./worker.ts";
import { workspaceResource } from "./workspace.ts";

const declaration = {
  prefix: "WR",
  parent: workspaceResource,
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
  whenDue: () => "the worker has not answered: the reservation times out",
} satisfies Omit<ResourceDeclaration<Reservation>, "path">;

/** Reservations as they are reached through their task. */
export const reservationResource = resource(reservation, {
  ...declaration,
  path: "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations",
  under: { resource: taskResource, field: "task_sid" },
});

/** The same reservations as they are reached through their worker. */
export const workerReservationResource = resource(reservation, {
  ...declaration,
  path: "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations",
  under: { resource: workerResource, field: "worker_sid" },
  filters: { ReservationStatus: { field: "reservation_status" } },
});
