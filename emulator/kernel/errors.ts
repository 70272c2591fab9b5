/** An error in Twilio's words; the server renders it as Twilio's error body. */
export class TwilioError extends Error {
  readonly status: number;
  /** Twilio's error code, e.g. 20404. */
  readonly code: number;
  readonly details: object | undefined;

  constructor(status: number, code: number, message: string, details?: object) {
    super(message);
    this.name = "TwilioError";
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** Twilio's error body. */
  toJSON(): object {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** 400 with Twilio's general code for bad parameters. */
export function invalid(message: string, code = 20001): TwilioError {
  return new TwilioError(400, code, message);
}

export function missingParameter(name: string): TwilioError {
  return invalid(`Missing required parameter ${name} in the post body`);
}

/** 404 for a path; Twilio leaves the version out of the path it repeats, except that of 2010. */
export function notFound(path: string): TwilioError {
  return new TwilioError(
    404,
    20404,
    `The requested resource ${path.replace(/^\/v\d+(?=\/)/, "")} was not found`,
  );
}

export function unauthorized(message: string): TwilioError {
  return new TwilioError(401, 20003, message);
}

export function forbidden(): TwilioError {
  return new TwilioError(403, 20403, "Forbidden: an access token does not allow this");
}

export function methodNotAllowed(method: string, path: string): TwilioError {
  return new TwilioError(405, 20004, `Method not allowed: ${method} ${path}`);
}

export function preconditionFailed(given: string, current: string): TwilioError {
  return new TwilioError(
    412,
    20412,
    `Precondition failed: If-Match ${given} does not match the current ETag ${current}; fetch the resource again`,
  );
}

/** 501 for an operation that Twilio has and the local Twilio does not. The code is ours: Twilio has no 20501. */
export function notImplemented(operation: string): TwilioError {
  return new TwilioError(501, 20501, `The local Twilio does not implement ${operation}`);
}
