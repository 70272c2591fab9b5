import type { BaselineEntry } from "./baseline.ts";
import { dayOf } from "./day.ts";
import type { Finding } from "./finding.ts";

/** What a baseline says about one finding. */
export type Judged =
  | { readonly finding: Finding; readonly verdict: "new" }
  | {
      readonly finding: Finding;
      /** `expired`: its time is over. `superseded`: another value was accepted, not this one. */
      readonly verdict: "accepted" | "expired" | "superseded";
      readonly entry: BaselineEntry;
    };

export interface Review {
  /** The agent role first, then what alarms. */
  readonly judged: readonly Judged[];
  /** Entries that nothing needs any more. */
  readonly unused: readonly BaselineEntry[];
}

/** Holds findings against accepted ones. @param now Decides which entries have expired. */
export function review(findings: readonly Finding[], entries: readonly BaselineEntry[], now: Date): Review {
  const used = new Set<BaselineEntry>();
  const judged = findings.map((finding): Judged => {
    const about = entries.filter((entry) => isAbout(entry, finding));
    for (const entry of about) used.add(entry);
    const verdicts = about.map((entry) => ({ finding, verdict: verdictOf(entry, finding, now), entry }));
    return (
      verdicts.find(({ verdict }) => verdict === "accepted") ??
      verdicts.find(({ verdict }) => verdict === "expired") ??
      verdicts[0] ?? { finding, verdict: "new" }
    );
  });
  return {
    judged: judged.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)),
    unused: entries.filter((entry) => !used.has(entry)),
  };
}

/** Whether somebody has to look at it. */
export function alarms({ verdict }: Judged): boolean {
  return verdict !== "accepted";
}

/** The agent role comes first whatever is said of it, then what alarms, and what is gone before what differs. */
function order(judged: Judged): string {
  const { agentRole, kind, type, name, property = "" } = judged.finding;
  const rank = ["deleted", "changed", "unmanaged"].indexOf(kind);
  return [agentRole ? 0 : 1, alarms(judged) ? 0 : 1, rank, type, name, property].join(" ");
}

function isAbout({ resource, property, kind }: BaselineEntry, finding: Finding): boolean {
  const names = [finding.name, finding.urn, finding.id, finding.id.split("/").at(-1)];
  if (!names.includes(resource)) return false;
  return (
    (kind === undefined || kind === finding.kind) && (property === undefined || property === finding.property)
  );
}

function verdictOf(entry: BaselineEntry, finding: Finding, now: Date): "accepted" | "expired" | "superseded" {
  if (entry.fingerprint !== undefined && entry.fingerprint !== finding.fingerprint) return "superseded";
  return dayOf(now) > entry.expires ? "expired" : "accepted";
}
