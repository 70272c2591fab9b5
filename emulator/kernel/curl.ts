/** A request as it is to be sent again. */
export interface Replayed {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Who sends it, and where to. */
export interface ReplayPlace {
  /** Of the local Twilio: `http://127.0.0.1:4100`. */
  readonly origin: string;
  readonly accountSid: string;
}

/**
 * A request as a command of curl for a POSIX shell, with the auth token taken from `TWILIO_AUTH_TOKEN`.
 *
 * @returns undefined where none can hold it: no argument of a command has a NUL in it
 */
export function curlOf(request: Replayed, { origin, accountSid }: ReplayPlace): string | undefined {
  const { method, host, path, query, contentType, body } = request;
  // A client that took the local Twilio for a proxy sent a whole URL.
  const local = path.replace(/^https?:\/\/[^/?]*/i, "");
  const target = `${local.startsWith("/") ? local : `/${local}`}${query === "" ? "" : `?${query}`}`;
  const parts = [
    // Brackets, braces and dots stay as they are written.
    "curl --silent --show-error --globoff --path-as-is",
    method === "HEAD" ? "--head" : `--request ${quoted(method)}`,
    `--user "${accountSid}:$TWILIO_AUTH_TOKEN"`,
    `--header ${quoted(`Host: ${host}`)}`,
    ...(body === "" || contentType === undefined
      ? []
      : [`--header ${quoted(`Content-Type: ${contentType}`)}`]),
    // Not --data, which takes what begins with @ for a file's name.
    ...(body === "" ? [] : [`--data-raw ${quoted(body)}`]),
    quoted(`${origin}${target}`),
  ];
  const command = parts.join(" ");
  return command.includes("\0") ? undefined : command;
}

/** One word for the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
