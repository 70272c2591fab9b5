import type { Cut } from "../../flex-stack/migrate/index.ts";
import type { Format } from "../../flex-stack/report/format.ts";

interface StackOptions {
  stack: string;
  cwd: string;
}

interface Reported {
  format: Format;
  json: boolean;
}

interface CutOptions {
  cut?: Cut;
  messagingService?: string;
}

export interface StatusOptions extends StackOptions, Reported {
  since?: string;
  showContent: boolean;
}

export interface CheckOptions extends StackOptions, Reported, CutOptions {
  number: string;
}

export interface PlanOptions extends StackOptions, Reported, CutOptions {
  number: string;
}

export interface MoveOptions extends StackOptions, CutOptions {
  number: string;
  dryRun: boolean;
  yes: boolean;
  force?: boolean;
}
