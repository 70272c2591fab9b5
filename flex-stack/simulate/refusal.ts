import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { TwilioRefusal } from "./twilio-http.ts";

/** A refusal of what every simulation asks for: the stack's credentials are wrong, or somebody set a fault. */
export function unexpected(error: TwilioRefusal): Failure {
  const isCredentials = error.status === 401;
  return new Failure({
    what: `The local Twilio refused a request with ${error.status}: ${error.message} (${error.code}).`,
    fix: isCredentials
      ? "Give the stack the twilio:accountSid and twilio:authToken that npx flex-stack emulator prints."
      : "Look whether a fault is set (GET /_emulator/faults), and what npx flex-stack emulator says.",
    ...(isCredentials && { exitCode: ExitCode.authentication }),
    cause: error,
  });
}

/** A refusal of what the customer sends is the fault of the options. */
export function refused(error: unknown): never {
  if (error instanceof TwilioRefusal && [400, 404, 409].includes(error.status))
    throw new Failure({ what: error.message, exitCode: ExitCode.usage, cause: error });
  throw error;
}
