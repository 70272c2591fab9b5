import type { PutBack } from "../../flex-stack/simulate/index.ts";

/** Says of a worker whom TaskRouter had taken for away that they are not any more, and why they were. */
export function putBackText({ worker, from, to, reservationSid }: PutBack): string {
  return `${worker} was ${from}, since reservation ${reservationSid} of an earlier task timed out; made ${to} again.`;
}
