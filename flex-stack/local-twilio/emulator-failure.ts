import { asFailure, Failure } from "../failure/failure.ts";

/** The local Twilio's own errors say what to do. */
export function emulatorFailure(error: unknown): Failure {
  return new Failure({ what: asFailure(error).what, cause: error });
}
