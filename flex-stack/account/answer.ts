import { TwilioError } from "../../provider/access.ts";
import { resources } from "../../provider/resources/index.ts";

/** What came of a read. */
export type Answer<T> =
  | { readonly kind: "found"; readonly value: T }
  /** It is not there, or what it was in is not. */
  | { readonly kind: "gone"; readonly error: TwilioError }
  /** The credentials may not see it. */
  | { readonly kind: "denied"; readonly error: TwilioError }
  /** Twilio could not say: too many requests, an error of its own. */
  | { readonly kind: "failed"; readonly error: TwilioError };

/** Reads, and takes a refusal as an answer. Lost connections and bugs are thrown. */
export async function answerOf<T>(read: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: "found", value: await read() };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    return { kind: refusalKind(error), error };
  }
}

function refusalKind(error: TwilioError): "gone" | "denied" | "failed" {
  // Some products say otherwise than with 404 that something is not there.
  if (error.status === 404 || resources.some(({ gone }) => gone?.(error))) return "gone";
  return error.status === 401 || error.status === 403 ? "denied" : "failed";
}

/** What was found; undefined when it is gone. @throws TwilioError for other refusals */
export async function foundOrGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  const answer = await answerOf(read);
  if (answer.kind === "found") return answer.value;
  if (answer.kind === "gone") return undefined;
  throw answer.error;
}
