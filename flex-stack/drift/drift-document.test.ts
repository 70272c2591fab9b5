import { expect, test } from "@jest/globals";
import { renderDocument } from "../report/render.ts";
import { driftDocument } from "./drift-document.ts";
import { driftJson } from "./drift-json.ts";
import { finding, report, stranger } from "./finding.fixture.ts";
import { reportFingerprint } from "./report.ts";

const plain = { columns: 120, style: (_: unknown, text: string) => text };
const entry = { resource: "WQ1", property: "maxReservedWorkers", comment: "a sale", expires: "2026-10-31" };
const agent = finding({
  type: "twilio:chat:Role",
  name: "flex-chat-role-agent",
  title: "agent",
  urn: "urn:agent",
  id: "IS1/RL1",
  property: "permissions",
  agentRole: true,
  statements: [
    {
      action: "remove",
      at: [],
      text: ["permission ", { code: "sendMessage" }, " removed"],
      danger: true,
      replaces: false,
    },
  ],
  fingerprint: "0000000000000002",
});
const all = report({
  judged: [
    { finding: agent, verdict: "new" },
    {
      finding: finding({
        kind: "deleted",
        urn: "urn:gone",
        name: "gone",
        title: "Gone",
        id: "WS1/WQ3",
        property: undefined,
        statements: [],
      }),
      verdict: "new",
    },
    { finding: finding(), verdict: "expired", entry },
    { finding: stranger(), verdict: "new" },
    {
      finding: finding({ urn: "urn:fine", name: "fine", title: "Fine", id: "WS1/WQ4" }),
      verdict: "accepted",
      entry: { ...entry, expires: "2026-12-31" },
    },
  ],
  unused: [{ resource: "old", kind: "deleted", comment: "long ago", expires: "2026-12-31" }],
  older: 3,
  blind: ["proxy.PhoneNumber of KS1: no"],
  baseline: "drift.dev.yaml",
});

test("tells everything, the agent role first", () => {
  expect(renderDocument(driftDocument(all, { cost: true }), "text", { terminal: plain }))
    .toMatchInlineSnapshot(`
   "Stack dev: 4 things were changed outside Pulumi
   The agent role is not as it must be: without its seven permissions Flex can't add agents to channels.

     changed chat.Role agent (flex-chat-role-agent)  RL1
       ! permission sendMessage removed
     deleted taskrouter.TaskQueue Gone (gone)  WQ3
       stack has it, account has not
     changed taskrouter.TaskQueue Sales (flex-routing-queue-sales)  WQ1
       maxReservedWorkers: stack says 2, account says 7
       was accepted until 2026-10-31, which is over: a sale
     unmanaged taskrouter.TaskQueue Extra  WQ9
       account has it since 2026-11-02T10:00:00Z, stack has not

   Not looked into:

     proxy.PhoneNumber of KS1: no

   Accepted by the baseline: 1
       changed taskrouter.TaskQueue Fine (fine)  WQ4 maxReservedWorkers, until 2026-12-31: a sale

   1 entry of drift.dev.yaml is needed no more; remove:

     old, deleted, until 2026-12-31: long ago

   What to do
     Make the account what the stack says: npx flex-stack drift --stack dev --fix revert
     Make the stack say what the account has: npx flex-stack drift --stack dev --fix adopt
     Let it be for a time: npx flex-stack drift --stack dev --baseline drift.dev.yaml --write-baseline --comment "why"

   37 resources compared in 1.5 s, with 46 API requests; nothing was written. 3 resources that the stack does not know were there before it (--unmanaged all)."
  `);
});

test.each([
  ["the agent role", [agent], ["revert"]],
  ["what is unmanaged", [stranger()], ["adopt", "baseline"]],
  ["a property", [finding()], ["revert", "adopt", "baseline"]],
])("of %s alone shows only ways out that are open", (_case, found, ways) => {
  const document = driftDocument(
    report({ judged: found.map((one) => ({ finding: one, verdict: "new" as const })) }),
  );
  const text = renderDocument(document, "text", { terminal: plain });
  const offered = text.matchAll(/--stack dev --(?:fix (revert|adopt)|(baseline))/g);
  expect([...offered].map(([, fix, baseline]) => fix ?? baseline)).toEqual(ways);
});

test("in markdown says nothing that differs from check to check of the same", () => {
  const text = (durationMs: number) =>
    renderDocument(driftDocument({ ...all, durationMs, apiRequests: durationMs }), "markdown", {
      terminal: plain,
    });
  expect(text(1)).toBe(text(2));
  expect(text(1)).toMatch(/^<!-- flex-stack drift\/dev -->\n/);
});

test.each([
  ["nothing at all", report(), "Stack dev: nothing was changed outside Pulumi"],
  [
    "nothing but what is accepted",
    report({ judged: [{ finding: finding(), verdict: "accepted", entry }] }),
    "Stack dev: nothing was changed outside Pulumi that the baseline does not accept",
  ],
  [
    "one thing",
    report({ judged: [{ finding: finding(), verdict: "new" }] }),
    "Stack dev: 1 thing was changed outside Pulumi",
  ],
])("with %s says so", (_case, found, title) => {
  expect(driftDocument(found).title).toBe(title);
});

test("for programs", () => {
  expect(driftJson(all)).toMatchObject({
    stack: "dev",
    result: "drift",
    counts: { changed: 2, deleted: 1, unmanaged: 1, accepted: 1 },
    unmanagedBefore: 3,
    notLookedInto: ["proxy.PhoneNumber of KS1: no"],
    unusedBaseline: [{ resource: "old" }],
    drifts: [
      { agentRole: true, says: ["permission sendMessage removed"], fingerprint: "0000000000000002" },
      { kind: "deleted", says: ["stack has it, account has not"] },
      {
        verdict: "expired",
        baseline: { comment: "a sale" },
        says: ["maxReservedWorkers: stack says 2, account says 7"],
        changes: [{ path: "maxReservedWorkers", stack: 2, account: 7 }],
      },
      {
        kind: "unmanaged",
        title: "Extra",
        since: "2026-11-02T10:00:00Z",
        says: ["account has it since 2026-11-02T10:00:00Z, stack has not"],
      },
      { verdict: "accepted" },
    ],
  });
});

test("secrets are in no report", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hush" };
  const [change] = finding().changes;
  const leaky = finding({ changes: [{ ...change!, before: secret, after: secret }], account: secret });
  const text = JSON.stringify(driftJson(report({ judged: [{ finding: leaky, verdict: "new" }] })));
  expect(text).toContain('"account":"[secret]"');
  expect(text).not.toContain("hush");
});

test("the fingerprint of all is of what alarms, in whatever order", () => {
  const one = { finding: finding(), verdict: "new" as const };
  const other = { finding: stranger(), verdict: "new" as const };
  const accepted = { finding: agent, verdict: "accepted" as const, entry };
  const of = (...judged: Parameters<typeof reportFingerprint>[0]["judged"]) => reportFingerprint({ judged });
  expect(of(one, other)).toBe(of(other, one, accepted));
  expect(of(one)).not.toBe(of(one, other));
});
