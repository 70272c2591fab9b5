import type { Reservation, WorkerClient } from "./flex.ts";

/**
 * Calls a listener once for every reservation of the agent: those there are, those created later, and those found when
 * the connection to TaskRouter is back. Flex knows each one by then.
 */
export function eachReservation(worker: WorkerClient, listener: (reservation: Reservation) => void): void {
  if (!isConnected(worker)) return;
  const seen = new WeakSet<Reservation>();
  const see = (reservation: Reservation): void => {
    if (seen.has(reservation)) return;
    seen.add(reservation);
    listener(reservation);
  };
  const seeAll = (): void => worker.reservations.forEach(see);
  seeAll();
  worker.on("reservationCreated", see);
  worker.on("ready", seeAll);
}

/** Whether Flex could connect to TaskRouter; where it could not, its worker client can do nothing. */
export function isConnected(worker: Partial<WorkerClient> | undefined): boolean {
  return typeof worker?.on === "function";
}
