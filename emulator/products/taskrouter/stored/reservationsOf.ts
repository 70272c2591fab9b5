import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { type Reservation, reservation, type ReservationStatus, reservationStatuses } from "./kinds.ts";

/** The statuses that take one of a worker's capacity. */
export const activeStatuses: readonly ReservationStatus[] = ["pending", "accepted", "wrapping"];

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
