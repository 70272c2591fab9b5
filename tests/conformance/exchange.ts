/** One request to the local Twilio (or to Twilio) and its answer; what the local Twilio reports is one. */
export interface Exchange {
  readonly method: string;
  /** The Host header. Regional hosts and ports are understood. */
  readonly host: string;
  /** Without query, as sent: still percent-encoded. */
  readonly path: string;
  /** As sent, without the question mark; empty when there is none. */
  readonly query: string;
  readonly contentType: string | undefined;
  /** Empty when there is none. */
  readonly requestBody: string;
  readonly status: number;
  /** The answer's JSON, parsed; undefined when there is no body. */
  readonly responseBody: unknown;
}

/** A parsed query string or form: each name with its values in order. */
export type SentParameters = ReadonlyMap<string, readonly string[]>;

/** Reads `a=1&b=2&b=3`. */
export function parseParameters(text: string): SentParameters {
  return new Map(
    [...Map.groupBy(new URLSearchParams(text), ([name]) => name)].map(([name, pairs]) => [
      name,
      pairs.map(([, value]) => value),
    ]),
  );
}
