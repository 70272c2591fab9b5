import type { Format } from "../../flex-stack/report/format.ts";

/** Whose message is looked for, and how what is found is told. */
export interface DiagnoseOptions {
  stack: string;
  message?: string;
  from?: string;
  since?: string;
  task?: string;
  channel?: string;
  health: boolean;
  showContent: boolean;
  format: Format;
  json: boolean;
  cwd: string;
}
