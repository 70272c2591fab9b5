import type { Format } from "../../flex-stack/report/format.ts";

/** How reports of several stacks become one. */
export interface ReportOptions {
  format: Format;
  /** Where the report goes; stdout, where absent. */
  output?: string;
  /** Said where a comment had to be cut. */
  elsewhere?: string;
}
