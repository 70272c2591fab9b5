import type { Format } from "../../flex-stack/report/format.ts";

/** Whose texts are looked for, of which time, and what is done about those that are lost. */
export interface ReconcileOptions {
  stack: string;
  number: string;
  since: string;
  until?: string;
  replay: boolean;
  yes: boolean;
  showContent: boolean;
  format: Format;
  json: boolean;
  cwd: string;
}
