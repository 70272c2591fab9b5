import type { TwilioError } from "../../engine/errors.ts";

/** A missing Proxy service answers 400, not 404, itself and for everything inside it. */
export const serviceGone = (error: TwilioError): boolean =>
  error.status === 400 && (error.code === 80409 || /invalid service sid/i.test(error.message));
