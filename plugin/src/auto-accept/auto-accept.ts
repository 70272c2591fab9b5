import type { Configuration } from "../configuration/configuration.ts";
import { type Flex, isOfConversations, type Reservation, type WorkerClient } from "../flex.ts";
import { reasonOf, type Report } from "../report.ts";
import { eachReservation } from "../reservations.ts";
import { hasCapacity } from "./capacity.ts";

/**
 * Accepts and selects tasks whose attribute `autoAnswer` says so, as they are offered to the agent. Never the same
 * reservation twice, and none that is beyond the agent's capacity, that somebody else has got meanwhile, or that Flex
 * accepts by itself.
 */
export function autoAccept(
  flex: Flex,
  worker: WorkerClient,
  { taskChannels }: Configuration["autoAccept"],
  report: Report,
): void {
  const taken = new Set<string>();
  // Accepted here, though TaskRouter has not said so yet.
  const accepting = new Set<string>();

  const invoke = async (action: "AcceptTask" | "SelectTask", reservation: Reservation): Promise<boolean> => {
    try {
      await flex.Actions.invokeAction(action, { sid: reservation.sid });
      return true;
    } catch (error) {
      const problem = `${action} failed for reservation ${reservation.sid}: ${reasonOf(error)}`;
      // Nothing is left to do for the agent where the task has gone to somebody else, or is the agent's already.
      if (isOver(reservation) || isUnderWay(action, reservation, error)) report.warn(problem);
      else report.error(problem);
      return false;
    }
  };
  const accept = async (reservation: Reservation): Promise<void> => {
    accepting.add(reservation.sid);
    const accepted = await invoke("AcceptTask", reservation);
    accepting.delete(reservation.sid);
    if (accepted) await invoke("SelectTask", reservation);
  };

  eachReservation(worker, (reservation) => {
    const { sid, task } = reservation;
    if (!taskChannels.includes(task.taskChannelUniqueName) || !wantsAutoAnswer(task.attributes)) return;
    if (taken.has(sid) || reservation.status !== "pending" || isAcceptedByFlex(task)) return;
    if (!hasCapacity(worker, reservation, accepting)) {
      report.info(`reservation ${sid} is left to the agent, who has no capacity left for it`);
      return;
    }
    taken.add(sid);
    void accept(reservation);
  });
}

function wantsAutoAnswer(attributes: { readonly autoAnswer?: unknown } | null | undefined): boolean {
  return attributes?.autoAnswer === true || attributes?.autoAnswer === "true";
}

/** Flex UI 2 accepts and selects what its own agent has begun: a conversation that goes out, to this worker. */
function isAcceptedByFlex(task: Reservation["task"]): boolean {
  const { direction } = (task.attributes ?? {}) as { readonly direction?: unknown };
  return direction === "outbound" && isOfConversations(task) && Boolean(task.routingTarget);
}

/** Whether somebody else has begun to accept it: the agent by a click, or another copy of Flex. */
function isUnderWay(action: string, { status }: Reservation, error: unknown): boolean {
  return action === "AcceptTask" && (status === "accepted" || /Action is pending/.test(reasonOf(error)));
}

const isOver = ({ status }: Reservation): boolean =>
  ["canceled", "rescinded", "timeout", "completed"].includes(status);
