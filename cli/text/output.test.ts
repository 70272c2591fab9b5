import { describe, expect, test } from "@jest/globals";
import { done, failed, state, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { Operation } from "../../flex-stack/changes/operation.ts";
import type { PropertyChange, ResourceChange } from "../../flex-stack/changes/resource-change.ts";
import { changeLine, changesText, notesText, propertyText } from "./change-text.ts";
import { typeText } from "../../flex-stack/report/change-words.ts";
import { diagnosticText } from "./diagnostic-text.ts";
import { driftText } from "./refreshed-text.ts";
import { operationJson } from "../../flex-stack/report/operation-json.ts";
import { changedOutputsText, outputsText } from "./outputs-text.ts";
import { costText, countsText, durationText } from "../../flex-stack/report/summary-text.ts";

const plain = { columns: 100, style: (_: unknown, text: string) => text };
const queue = "twilio:taskrouter:TaskQueue";

const change = (fields: Partial<ResourceChange>): ResourceChange => ({
  urn: "urn",
  type: queue,
  name: "billing",
  kind: "update",
  status: "planned",
  id: undefined,
  properties: [],
  subject: { type: queue, name: "billing", before: {}, after: {}, differences: fields.properties ?? [] },
  remote: true,
  notes: [],
  ...fields,
});

const property = (fields: Partial<PropertyChange>): PropertyChange => ({
  path: "friendlyName",
  kind: "update",
  before: "Billing",
  after: "Billing EU",
  replaces: false,
  ...fields,
});

describe("changes as text", () => {
  test.each<[Partial<ResourceChange>, string]>([
    [{ kind: "create" }, "+ create   taskrouter.TaskQueue  billing"],
    [{ kind: "create", status: "done", id: "WS1/WQ1" }, "+ created  taskrouter.TaskQueue  billing  WQ1"],
    [{ kind: "buy" }, "+ BUY      taskrouter.TaskQueue  billing"],
    [{ kind: "update", status: "running" }, "~ updating taskrouter.TaskQueue  billing"],
    [{ kind: "delete", status: "failed" }, "✗ failed to delete taskrouter.TaskQueue  billing"],
    [{ kind: "leave", status: "done" }, "· left     taskrouter.TaskQueue  billing"],
    [{ kind: "rename", status: "done" }, "» renamed  taskrouter.TaskQueue  billing"],
    [{ kind: "replace" }, "± REPLACE  taskrouter.TaskQueue  billing"],
  ])("%j", (fields, text) => {
    expect(changeLine(change(fields), plain)).toBe(text);
  });

  test.each<[Partial<PropertyChange>, string]>([
    [{}, '      friendlyName: "Billing" → "Billing EU"'],
    [{ kind: "add", before: undefined, after: 5 }, "      friendlyName: + 5"],
    [{ kind: "delete", before: "x", after: undefined }, '      friendlyName: - "x"'],
    [{ path: "parameters.apiKey" }, '      parameters.apiKey: "[secret]" → "[secret]"'],
    [{ replaces: true, before: 1, after: 2 }, "      friendlyName: 1 → 2  (forces replacement)"],
  ])("property %j", (fields, text) => {
    expect(propertyText(property(fields), plain)).toBe(text);
  });

  test("are aligned, with replacements last", () => {
    const lines = changesText(
      [
        change({ kind: "replace", name: "old", properties: [property({ replaces: true })] }),
        change({ type: "twilio:chat:Role", name: "agent", kind: "create" }),
      ],
      plain,
    );
    expect(lines).toEqual([
      "+ create   chat.Role             agent",
      "± REPLACE  taskrouter.TaskQueue  old",
      '      friendlyName: "Billing" → "Billing EU"  (forces replacement)',
    ]);
  });

  test.each<[ResourceChange["kind"], string, string[]]>([
    ["adopt", "took over WQ1 as it is", []],
    ["adopt", "took over WQ1 and changed x", ["      took over WQ1 and changed x"]],
    ["leave", "left WQ1 in place: it was there before", []],
    ["rename", "left WQ1 in place: another resource of the program took it over", []],
    ["leave", "left in place: Twilio keeps one", ["      left in place: Twilio keeps one"]],
    ["update", "sent again", ["      sent again"]],
  ])("a note on what %ss: %s", (kind, note, lines) => {
    expect(notesText(change({ kind, notes: [note] }), plain)).toEqual(lines);
  });

  test.each<[Partial<ResourceChange>, string[]]>([
    [{ kind: "rename", nowAs: "sendbacks" }, ["      stays, now as sendbacks"]],
    [{ kind: "adopt", formerly: "returns", notes: ["takes over WQ1 as it is"] }, ["      so far returns"]],
  ])("the other name of %j", (fields, lines) => {
    expect(notesText(change(fields), plain)).toEqual(lines);
  });

  test.each(["adopt", "create"] as const)(
    "a workflow of which it says %s says what is lost in it, and nothing else",
    (kind) => {
      const type = "twilio:taskrouter:Workflow";
      const configuration = { task_routing: { filters: [] } };
      const subject = { type, name: "inbound", before: undefined, after: { configuration } };
      expect(changesText([change({ kind, type, subject })], plain).slice(1)).toEqual([
        "      ! default filter: tasks that match no filter go nowhere: they are not created",
      ]);
      const number = "twilio:api:IncomingPhoneNumber";
      const taken = change({ kind, type: number, subject: { ...subject, type: number } });
      expect(changesText([taken], plain).slice(1)).toEqual([]);
    },
  );

  test.each([
    [queue, "taskrouter.TaskQueue"],
    ["flex:routing:TaskRouting", "flex.routing.TaskRouting"],
  ])("%s is written %s", (type, text) => {
    expect(typeText(type)).toBe(text);
  });
});

describe("summaries", () => {
  const operation = new Operation({ planOnly: false });
  const id = "WS1/WQ1";
  operation.apply(done(step("create", queue, "a", { new: state(queue, "a", { id, inputs: {} }) })));
  operation.apply(done(step("update", queue, "b")));
  operation.apply(done(step("same", queue, "c")));
  operation.apply(failed(step("create", queue, "d")));

  test("count what was done", () => {
    expect(countsText(operation, "done")).toBe("1 created, 1 updated, 1 failed, 1 unchanged");
    expect(countsText(operation, "planned")).toBe("1 to create, 1 to update, 1 failed, 1 unchanged");
  });

  test("say plainly that nothing changed", () => {
    const same = new Operation({ planOnly: false });
    same.apply(done(step("same", queue, "c")));
    expect(countsText(same, "done")).toBe("no changes, 1 unchanged");
    expect(countsText(new Operation({ planOnly: true }), "planned")).toBe("no changes");
    expect(countsText(new Operation({ planOnly: true }), "done", "stopped")).toBe("stopped, nothing changed");
    expect(countsText(new Operation({ planOnly: true }), "done", "failed")).toBe("failed, nothing changed");
  });

  test.each([
    [0, "0.0 s"],
    [4249, "4.2 s"],
    [59_940, "59.9 s"],
    [59_960, "1 min 0 s"],
    [125_400, "2 min 5 s"],
  ])("%d ms is %s", (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  test.each([
    [undefined, "in 1.0 s"],
    [1, "in 1.0 s, with 1 API request"],
    [130, "in 1.0 s, with 130 API requests"],
  ])("%p requests", (requests, text) => {
    expect(costText(1000, requests)).toBe(text);
  });

  test("as JSON", () => {
    expect(
      operationJson(operation, { stack: "dev", succeeded: false, durationMs: 12.6, apiRequests: 3 }),
    ).toEqual({
      stack: "dev",
      result: "failed",
      counts: {
        create: 1,
        buy: 0,
        adopt: 0,
        import: 0,
        update: 1,
        replace: 0,
        delete: 0,
        leave: 0,
        rename: 0,
        forget: 0,
        read: 0,
        same: 1,
      },
      changes: ["a", "b", "d"].map((name) => ({
        urn: urnOf(queue, name),
        type: queue,
        name,
        kind: name === "b" ? "update" : "create",
        status: name === "d" ? "failed" : "done",
        ...(name === "a" ? { id } : {}),
        properties: [],
      })),
      drifts: [],
      diagnostics: [],
      outputs: {},
      durationMs: 13,
      apiRequests: 3,
    });
  });
});

describe("drift as text", () => {
  const drift = {
    urn: "u",
    type: queue,
    name: "sales",
    id: "WS1/WQ1",
    gone: false,
    properties: [property({})],
    before: {},
    after: {},
  };

  test("of a changed and of a deleted resource", () => {
    expect(driftText(drift, plain)).toBe(
      '! changed outside of Pulumi: taskrouter.TaskQueue  sales  WQ1\n      friendlyName: "Billing" → "Billing EU"',
    );
    expect(driftText({ ...drift, gone: true, properties: [] }, plain)).toBe(
      "! deleted outside of Pulumi: taskrouter.TaskQueue  sales  WQ1",
    );
  });
});

describe("outputs", () => {
  test("are a table with dotted names", () => {
    const outputs = {
      workspaceSid: "WS1",
      queueSids: { billing: "WQ1", support: "WQ2" },
      hosts: ["a", "b"],
      steps: [{ name: "x" }],
      missing: null,
    };
    expect(outputsText(outputs, plain)).toEqual([
      "  workspaceSid       WS1",
      "  queueSids.billing  WQ1",
      "  queueSids.support  WQ2",
      "  hosts              a, b",
      "  steps[0].name      x",
    ]);
  });
});

describe("outputs after an update", () => {
  const before = {
    workspaceSid: "WS1",
    queueSids: { billing: "WQ1", support: "WQ2", sales: "WQ3" },
    token: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" },
  };
  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "that changed, are new or gone",
      {
        workspaceSid: "WS1",
        queueSids: { billing: "WQ1", support: "WQ9", returns: "WQ4" },
        token: "[secret]",
      },
      [
        "  queueSids.support  WQ9",
        "  queueSids.returns  WQ4",
        "  queueSids.sales    (gone)",
        "  3 more as before (--outputs).",
      ],
    ],
    ["that are as before", { ...before, token: "[secret]" }, []],
  ])("are those %s", (_, outputs, lines) => {
    expect(changedOutputsText(before, outputs, plain)).toEqual(lines);
  });

  test("are all of them where there were none", () => {
    expect(changedOutputsText({}, { a: 1, b: "x" }, plain)).toEqual(["  a  1", "  b  x"]);
  });
});

describe("diagnostics as text", () => {
  test.each([
    [{ severity: "error", message: "one\ntwo" } as const, "error: one\n  two"],
    [
      { severity: "warning", message: "w", urn: "urn:pulumi:dev::p::a$twilio:chat:Role::agent" } as const,
      "warning: Role agent: w",
    ],
    [
      { severity: "error", message: "m", urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev" } as const,
      "error: m",
    ],
    [{ severity: "info", message: "hello" } as const, "hello"],
  ])("%j", (diagnostic, text) => {
    expect(diagnosticText(diagnostic, plain)).toBe(text);
  });
});
