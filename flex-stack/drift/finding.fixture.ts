import type { Finding } from "./finding.ts";
import type { DriftReport } from "./report.ts";

/** A queue whose `maxReservedWorkers` was set in the console, with changes. For tests. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    kind: "changed",
    type: "twilio:taskrouter:TaskQueue",
    name: "flex-routing-queue-sales",
    title: "Sales",
    urn: "urn:pulumi:dev::flex-messaging::twilio:taskrouter:TaskQueue::flex-routing-queue-sales",
    id: "WS1/WQ1",
    property: "maxReservedWorkers",
    changes: [{ path: "maxReservedWorkers", kind: "update", before: 2, after: 7, replaces: false }],
    statements: [
      {
        action: "change",
        at: [],
        text: ["maxReservedWorkers: ", { before: "2" }, " → ", { after: "7" }],
        danger: false,
        replaces: false,
      },
    ],
    picture: undefined,
    account: 7,
    since: undefined,
    agentRole: false,
    fingerprint: "0000000000000001",
    ...changes,
  };
}

/** A queue that somebody made. */
export function stranger(changes: Partial<Finding> = {}): Finding {
  return finding({
    kind: "unmanaged",
    name: "Extra",
    title: "Extra",
    urn: undefined,
    id: "WS1/WQ9",
    property: undefined,
    changes: [],
    statements: [],
    account: { sid: "WQ9", friendlyName: "Extra", maxReservedWorkers: 1, targetWorkers: "1==1" },
    since: "2026-11-02T10:00:00Z",
    fingerprint: "0000000000000009",
    ...changes,
  });
}

/** What a check found, with changes. */
export function report(changes: Partial<DriftReport> = {}): DriftReport {
  return {
    stack: "dev",
    judged: [],
    unused: [],
    compared: 37,
    older: 0,
    blind: [],
    baseline: undefined,
    durationMs: 1500,
    apiRequests: 46,
    ...changes,
  };
}
