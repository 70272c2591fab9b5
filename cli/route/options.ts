/** What is typed after `flex-stack route`. */
export interface RouteOptions {
  stack: string;
  /** Attributes as JSON, or `@` and a file with them. */
  task: string;
  workflow?: string;
  channel?: string;
  /** `live`, or a file. */
  workers?: string;
  live: boolean;
  explain: boolean;
  json: boolean;
  cwd: string;
}
