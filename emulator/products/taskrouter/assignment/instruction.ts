import type { Input } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { Reservation, ReservationStatus } from "../stored/kinds.ts";

/** What an instruction makes of a reservation, or why it can't be followed, in the codes of Twilio's debugger. */
export type Instruction =
  | { readonly status: ReservationStatus }
  | { readonly problem: { readonly code: number; readonly message: string } };

/** Instructions that put the worker on the phone: what Twilio says when there is no call to do that with. */
const aboutCalls: Readonly<Record<string, { code: number; reason: string }>> = {
  call: { code: 40113, reason: "the local Twilio makes no calls" },
  redirect: { code: 40122, reason: "call_sid is no call; the local Twilio has none" },
  dequeue: { code: 40140, reason: "the task is not of <Enqueue> and has no call_sid" },
  conference: { code: 40142, reason: "the task has neither a call nor somebody to call" },
  supervise: { code: 40146, reason: "there is no conference to supervise" },
};

/** Reads an instruction as the REST API and the answers to assignment callbacks name it. */
export function readInstruction(instruction: string): Instruction {
  const name = instruction.toLowerCase();
  if (name === "accept") return { status: "accepted" };
  if (name === "reject") return { status: "rejected" };
  const problem = Object.hasOwn(aboutCalls, name) ? aboutCalls[name] : undefined;
  if (problem !== undefined) {
    const { code, reason } = problem;
    return { problem: { code, message: `Failed to issue ${name} instruction: ${reason}` } };
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
