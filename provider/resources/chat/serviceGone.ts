import type { TwilioError } from "../../engine/errors.ts";

/**
 * A missing Chat service answers 404 itself, but everything inside it answers 403 "Service instance not
 * found" (50050).
 */
export const serviceGone = (error: TwilioError): boolean =>
  error.code === 50050 || (error.status === 403 && /service instance not found/i.test(error.message));
