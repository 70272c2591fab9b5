/** Options of `flex-stack flex-ui`. */
export interface FlexUiOptions {
  agent?: string;
  ui: "2" | "1";
  plugin: boolean;
  /** As it was typed. */
  port: string;
  open: boolean;
  stack: string;
  cwd: string;
}
