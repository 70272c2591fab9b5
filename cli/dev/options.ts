export interface DevOptions {
  readonly stack: string;
  readonly cwd: string;
  /** Where what the account sends to programs of one's own is passed on to. */
  readonly forward?: string;
}
