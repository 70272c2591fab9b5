/** Where the local Twilio listens, what it starts from, and what it keeps. */
export interface EmulatorOptions {
  host: string;
  port: number;
  file: string;
  seed?: string;
  empty: boolean;
  reset: boolean;
  yes: boolean;
  verbose: boolean;
  /** In minutes. */
  taskRemovalDelay: number;
  cwd: string;
}
