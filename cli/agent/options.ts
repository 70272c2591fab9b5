/** Whose activity is looked at, or changed. */
export interface AgentOptions {
  stack: string;
  cwd: string;
  activity?: string;
  json: boolean;
}
