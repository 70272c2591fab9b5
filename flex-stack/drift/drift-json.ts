import { keyOf } from "../values/property-path.ts";
import { publicValue } from "../values/property-value.ts";
import { alarming, reportFingerprint, type DriftReport } from "./report.ts";
import { sentences } from "./sentences.ts";
import type { Judged } from "./verdict.ts";

/** The report for programs. Fields are only ever added. Secrets and credentials stand as `[secret]`. */
export function driftJson(report: DriftReport): object {
  const { stack, judged, unused, compared, older, blind, durationMs, apiRequests } = report;
  const count = (kind: string) => alarming(report).filter((finding) => finding.kind === kind).length;
  return {
    stack,
    result: alarming(report).length > 0 ? "drift" : "none",
    /** Changes when anything new alarms, or nothing more does. */
    fingerprint: reportFingerprint(report),
    counts: {
      changed: count("changed"),
      deleted: count("deleted"),
      unmanaged: count("unmanaged"),
      accepted: judged.length - alarming(report).length,
    },
    drifts: judged.map(itemJson),
    unusedBaseline: unused,
    notLookedInto: blind,
    unmanagedBefore: older,
    compared,
    durationMs: Math.round(durationMs),
    apiRequests,
  };
}

function itemJson(item: Judged): object {
  const { kind, type, name, title, urn, id, property, changes, since, agentRole, fingerprint } = item.finding;
  return {
    fingerprint,
    verdict: item.verdict,
    kind,
    agentRole,
    type,
    name,
    title,
    urn,
    id,
    property,
    since,
    says: sentences(item.finding),
    ...(item.finding.cause === undefined ? {} : { cause: item.finding.cause }),
    changes: changes.map(({ path, before, after }) => ({
      path,
      stack: publicValue(before, keyOf(path)),
      account: publicValue(after, keyOf(path)),
    })),
    ...("entry" in item && { baseline: item.entry }),
  };
}
