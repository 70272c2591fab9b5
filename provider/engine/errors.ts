/** What Twilio answered instead of a result. */
export class TwilioError extends Error {
  /** HTTP status. */
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

  /** The error in an answer: Twilio's error body, or what there is instead. */
  static from(status: number, body: string): TwilioError {
    const fields = errorBody(body);
    const excerpt = body.replace(/\s+/g, " ").trim().slice(0, 200);
    return new TwilioError(fields.message ?? (excerpt || "Twilio gave no reason"), {
      status,
      ...(fields.code !== undefined && { code: fields.code }),
      ...(fields.more_info !== undefined && { moreInfo: fields.more_info }),
      details: fields.details,
    });
  }
}

/** An error whose message is for users as it stands. */
export class UserError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UserError";
  }
}

interface ErrorBody {
  message?: string;
  code?: number;
  more_info?: string;
  details?: unknown;
}

function errorBody(body: string): ErrorBody {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return {};
    const { message, code, more_info, details } = parsed as Record<string, unknown>;
    return {
      ...(typeof message === "string" && { message }),
      ...(typeof code === "number" && { code }),
      ...(typeof more_info === "string" && { more_info }),
      details,
    };
  } catch {
    return {};
  }
}

/** No, or no whole, answer came. */
export class ConnectionError extends Error {
  /** Whether the request may have reached the server. */
  readonly sent: boolean;
  /** Code of the operating system, such as ECONNREFUSED, or TIMEOUT. */
  readonly code: string;

  constructor(message: string, facts: { sent: boolean; code: string; cause?: unknown }) {
    super(message, { cause: facts.cause });
    this.name = "ConnectionError";
    this.sent = facts.sent;
    this.code = facts.code;
  }
}
