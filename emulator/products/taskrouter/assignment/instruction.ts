import { invalid } from "../../../kernel/errors.ts";
import type { Document, Input } from "../../../kernel/resource.ts";
import type { Reservation, ReservationStatus } from "../reservation.ts";

/** What an instruction makes of a reservation, or why it can't be followed, in the codes of Twilio's debugger. */
export type Instruction =
  | { readonly status: ReservationStatus }
  | { readonly problem: { readonly code: number; readonly message: string } };

/** Instructions that put the worker on the phone, and the debugger's code for each when it can't be done. */
const aboutCalls: Readonly<Record<string, number>> = {
  call: 40110,
  redirect: 40120,
  dequeue: 40130,
  conference: 40136,
  supervise: 40146,
};

/** Reads an instruction as the REST API and the answers to assignment callbacks name it. */
export function readInstruction(instruction: string): Instruction {
  const name = instruction.toLowerCase();
  if (name === "accept") return { status: "accepted" };
  if (name === "reject") return { status: "rejected" };
  const code = Object.hasOwn(aboutCalls, name) ? aboutCalls[name] : undefined;
  if (code !== undefined) {
    return {
      problem: { code, message: `Unable to execute ${name} instruction: the local Twilio has no calls` },
    };
  }
  const known = ["accept", "reject", ...Object.keys(aboutCalls)].join(", ");
  const shown = JSON.stringify(instruction.slice(0, 64));
  return { problem: { code: 55555, message: `Invalid instruction ${shown}; it must be one of ${known}` } };
}

/** The status that the API's parameter Instruction asks for. @throws TwilioError when it can't be followed */
export function checkInstruction(
  { sid }: Document<Reservation>,
  { Instruction: given }: Input,
): ReservationStatus | undefined {
  if (typeof given !== "string") return undefined;
  const read = readInstruction(given);
  if ("status" in read) return read.status;
  throw invalid(`${read.problem.message} (reservation ${sid})`, read.problem.code);
}
