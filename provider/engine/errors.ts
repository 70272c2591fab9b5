/** What Twilio, or the way to it, answered instead of a result. */
export class TwilioError extends Error {
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** Twilio's error code, https://www.twilio.com/docs/api/errors. */
  readonly code: number | undefined;
  readonly moreInfo: string | undefined;
  /** What Twilio adds, for example where a flow definition is wrong. */
  readonly details: unknown;

  constructor(
    message: string,
    facts: { status?: number; code?: number; moreInfo?: string; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: facts.cause });
    this.name = "TwilioError";
    this.status = facts.status;
    this.code = facts.code;
    this.moreInfo = facts.moreInfo;
    this.details = facts.details;
  }
}
