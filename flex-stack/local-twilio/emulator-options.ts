/** Where the local Twilio listens, what it starts from, and what it keeps. */
export interface EmulatorOptions {
  host: string;
  port: number;
  /** Names by which browsers may reach its page, besides loopback names and addresses. */
  allowHost?: string[];
  file: string;
  seed?: string;
  empty: boolean;
  reset: boolean;
  yes: boolean;
  verbose: boolean;
  /** Whether a number's own URL gets messages, too, that a conversation has taken. */
  numberUrl: boolean;
  /** Port of the sink; false for none. */
  sink: number | false;
  /** In minutes. */
  taskRemovalDelay: number;
  cwd: string;
}
