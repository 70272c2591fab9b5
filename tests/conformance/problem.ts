/** One thing in an exchange that Twilio's documents do not allow. */
export interface Problem {
  /** E.g. `query PageSize`, `status`, `body workers[].attributes`. */
  readonly at: string;
  readonly problem: string;
  /** The offending value. */
  readonly value: unknown;
}
