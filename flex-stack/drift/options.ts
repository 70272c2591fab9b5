import type { Format } from "../report/format.ts";

/** What is compared with what, how it is told, and what is done about it. */
export interface DriftOptions {
  stack: string;
  format: Format;
  json: boolean;
  output?: string;
  baseline?: string;
  writeBaseline: boolean;
  comment?: string;
  expires?: string;
  unmanaged: "new" | "all" | "none";
  fix?: "revert" | "adopt";
  yes: boolean;
  cwd: string;
}
