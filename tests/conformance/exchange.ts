/** A parsed query string or form: each name with its values in order. */
export type SentParameters = ReadonlyMap<string, readonly string[]>;

/** One request to the local Twilio (or to Twilio) and its answer. */
export interface Exchange {
  readonly method: string;
  /** The Host header; a port is ignored. */
  readonly host: string;
  /** Without query, as sent: still percent-encoded. */
  readonly path: string;
  readonly query: SentParameters;
  /** The parameters of a form-encoded body; empty for other bodies. */
  readonly form: SentParameters;
  readonly status: number;
  /** The answer's JSON, parsed; undefined when there is no body. */
  readonly body: unknown;
}
