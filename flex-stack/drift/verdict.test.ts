import { describe, expect, test } from "@jest/globals";
import type { BaselineEntry } from "./baseline.ts";
import { finding, stranger } from "./finding.fixture.ts";
import type { Finding } from "./finding.ts";
import { review } from "./verdict.ts";

const now = new Date("2026-11-24T23:59:59Z");
const entry = (changes: Partial<BaselineEntry> = {}): BaselineEntry => ({
  resource: "flex-routing-queue-sales",
  property: "maxReservedWorkers",
  comment: "a sale",
  expires: "2026-12-31",
  ...changes,
});
const verdicts = (found: Finding, ...entries: BaselineEntry[]) => {
  const { judged, unused } = review([found], entries, now);
  return [judged[0]?.verdict, unused.length];
};

describe("a finding and a baseline", () => {
  const changed = finding();
  const sales = finding({ kind: "deleted", property: undefined });
  test.each<[string, Finding, BaselineEntry[], [string, number]]>([
    ["nothing said", changed, [], ["new", 0]],
    ["by its name in the program", changed, [entry()], ["accepted", 0]],
    ["by its URN", changed, [entry({ resource: changed.urn ?? "" })], ["accepted", 0]],
    ["by its SID", changed, [entry({ resource: "WQ1" })], ["accepted", 0]],
    ["by its id", changed, [entry({ resource: "WS1/WQ1" })], ["accepted", 0]],
    ["another resource", changed, [entry({ resource: "flex-routing-queue-billing" })], ["new", 1]],
    ["another property", changed, [entry({ property: "friendlyName" })], ["new", 1]],
    ["all changes of it", changed, [entry({ property: undefined, kind: "changed" })], ["accepted", 0]],
    ["its deletion, which it is not", changed, [entry({ property: undefined, kind: "deleted" })], ["new", 1]],
    ["its deletion", sales, [entry({ property: undefined, kind: "deleted" })], ["accepted", 0]],
    ["on its last day", changed, [entry({ expires: "2026-11-24" })], ["accepted", 0]],
    ["a day later", changed, [entry({ expires: "2026-11-23" })], ["expired", 0]],
    ["this very value", changed, [entry({ fingerprint: changed.fingerprint })], ["accepted", 0]],
    ["another value", changed, [entry({ fingerprint: "ffffffffffffffff" })], ["superseded", 0]],
    ["expired, and accepted anew", changed, [entry({ expires: "2026-01-01" }), entry()], ["accepted", 0]],
    [
      "unmanaged, by the name it has",
      stranger(),
      [entry({ resource: "Extra", property: undefined, kind: "unmanaged" })],
      ["accepted", 0],
    ],
  ])("%s", (_case, found, entries, expected) => {
    expect(verdicts(found, ...entries)).toEqual(expected);
  });
});

test("the agent role comes first, accepted or not; then what alarms, what is gone first", () => {
  const agent = finding({
    name: "agent",
    type: "twilio:chat:Role",
    property: "permissions",
    agentRole: true,
  });
  const found = [
    stranger(),
    finding(),
    finding({ name: "accepted" }),
    finding({ name: "gone", kind: "deleted", property: undefined }),
    agent,
  ];
  const { judged } = review(
    found,
    [entry({ resource: "accepted" }), entry({ resource: "agent", property: "permissions" })],
    now,
  );
  expect(judged.map(({ finding: { name }, verdict }) => `${name} ${verdict}`)).toEqual([
    "agent accepted",
    "gone new",
    "flex-routing-queue-sales new",
    "Extra new",
    "accepted accepted",
  ]);
});
