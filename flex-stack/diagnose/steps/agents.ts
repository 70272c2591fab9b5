import { identityOf } from "../agent.ts";
import { pastReservations } from "../past-reservations.ts";
import type { Reads } from "../reads/reads.ts";

/** Chat identities of those who accepted a task. */
export async function workersOf(taskSid: string, reads: Reads): Promise<ReadonlySet<string>> {
  const offered = await reads.taskrouter.reservations(taskSid);
  const taken = offered.filter(({ reservationStatus }) =>
    ["accepted", "wrapping", "completed"].includes(reservationStatus),
  );
  const workers = await Promise.all(taken.map(({ workerSid }) => reads.taskrouter.worker(workerSid)));
  const past = offered.length === 0 ? await pastReservations(taskSid, reads) : [];
  const identities = [
    ...workers.map((worker) => worker && identityOf(worker)),
    ...past.filter(({ status }) => status === "accepted").map(({ identity }) => identity),
  ];
  return new Set(identities.filter((identity) => identity !== undefined));
}
