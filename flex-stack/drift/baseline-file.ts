import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { writing } from "../failure/writing.ts";
import { parseBaseline, withEntries, type Baseline, type BaselineEntry } from "./baseline.ts";
import { dayOf } from "./day.ts";
import type { Finding } from "./finding.ts";
import type { DriftOptions } from "./options.ts";
import { alarming, type DriftReport } from "./report.ts";
import { alarms } from "./verdict.ts";

/** Reads the baseline that was named. @param mayBeNew It is about to be written, and need not be there yet. */
export function readBaseline(file: string | undefined, mayBeNew: boolean): Baseline | undefined {
  if (file === undefined) return undefined;
  if (mayBeNew && !existsSync(file)) return parseBaseline("", file);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure({
      what: `The baseline ${file} can't be read.`,
      why: (error as Error).message,
      fix: 'Correct --baseline; --write-baseline --comment "why" makes a new one.',
      exitCode: ExitCode.usage,
      cause: error,
    });
  }
  return parseBaseline(text, file);
}

/** What was added to a baseline. */
export interface Acceptance {
  readonly count: number;
  /** Last day on which it is accepted. */
  readonly until: string;
  /** Nothing is left that alarms. */
  readonly complete: boolean;
}

/**
 * Accepts everything that alarms but the agent role, which somebody has to name by hand. Entries that no longer hold
 * for it give way to the new ones.
 */
export function writeBaseline(
  baseline: Baseline,
  report: DriftReport,
  { comment = "", expires }: Pick<DriftOptions, "comment" | "expires">,
): Acceptance {
  const until = expires ?? dayOf(new Date(Date.now() + acceptedFor));
  const open = report.judged.filter((item) => alarms(item) && !item.finding.agentRole);
  const added = open.map(({ finding }) => pinned(finding, comment, until));
  const replaced = open.flatMap((item) => ("entry" in item ? [item.entry] : []));
  const { file } = baseline;
  writing({ thing: "baseline", option: "--baseline", file }, () =>
    writeFileSync(file, withEntries(baseline, added, replaced)),
  );
  return { count: added.length, until, complete: open.length === alarming(report).length };
}

/** Milliseconds that drift is accepted where nobody says how long: 30 days. */
const acceptedFor = 30 * 24 * 60 * 60 * 1000;

/** Pins the value: what is changed next is a new drift. */
function pinned(
  { kind, name, id, property, fingerprint }: Finding,
  comment: string,
  expires: string,
): BaselineEntry {
  const what = property === undefined ? { kind } : { property };
  const resource = kind === "unmanaged" ? (id.split("/").at(-1) ?? id) : name;
  return { resource, ...what, comment, expires, fingerprint };
}
