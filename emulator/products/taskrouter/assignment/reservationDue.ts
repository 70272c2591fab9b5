import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import type { Reservation } from "../stored/kinds.ts";
import { changeReservation } from "./reservationStatus.ts";

/** The worker gave no answer in time. */
export function onReservationDue(document: Document<Reservation>, context: Context): void {
  changeReservation(context, document, "timeout");
}
