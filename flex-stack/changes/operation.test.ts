import { describe, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { done, failed, said, stackUrn, started, state, step, urnOf } from "./engine-events.fixture.ts";
import { Operation } from "./operation.ts";

const queue = "twilio:taskrouter:TaskQueue";
const component = "flex:routing:TaskRouting";

function fold(events: readonly EngineEvent[], planOnly = false): Operation {
  const operation = new Operation({ planOnly });
  for (const event of events) operation.apply(event);
  return operation;
}

const summary = (operation: Operation) =>
  operation.changes.map(({ name, kind, status, id }) => ({ name, kind, status, id }));

describe("an operation", () => {
  test("has each resource once, however often the engine tells of it", () => {
    const created = step("create", queue, "billing", { new: state(queue, "billing", { id: "WS1/WQ1" }) });
    const operation = fold([
      started(step("create", queue, "billing")),
      done(created),
      started(step("same", queue, "support")),
      done(step("same", queue, "support")),
      done(step("same", queue, "support")),
    ]);
    expect(summary(operation)).toEqual([
      { name: "billing", kind: "create", status: "done", id: "WS1/WQ1" },
      { name: "support", kind: "same", status: "done", id: undefined },
    ]);
    expect([operation.count("create"), operation.count("same"), operation.finished, operation.seen]).toEqual([
      1, 1, 2, 2,
    ]);
    expect(operation.changed.map(({ name }) => name)).toEqual(["billing"]);
  });

  test("counts components and providers out", () => {
    const provider = "pulumi:providers:twilio";
    const operation = fold([
      done(step("create", component, "flex", { new: state(component, "flex", { custom: false }) })),
      done(step("create", provider, "default")),
      done(step("create", queue, "billing")),
    ]);
    expect([operation.count("create"), operation.seen]).toEqual([1, 1]);
    expect(operation.changed).toHaveLength(3);
  });

  test("tells a replacement as one change, with the new id and what forced it", () => {
    const before = state(queue, "billing", {
      id: "WS1/WQ1",
      inputs: { workspaceSid: "WS1" },
      outputs: { workspaceSid: "WS1" },
    });
    const after = state(queue, "billing", { id: "WS2/WQ2", inputs: { workspaceSid: "WS2" } });
    const detailedDiff = { workspaceSid: { diffKind: "update-replace", inputDiff: true } } as NonNullable<
      ReturnType<typeof step>["detailedDiff"]
    >;
    const sides = { old: before, new: after, detailedDiff, keys: ["workspaceSid"] };
    const operation = fold([
      started(step("create-replacement", queue, "billing", { ...sides, logical: false })),
      done(step("create-replacement", queue, "billing", { ...sides, logical: false })),
      done(step("replace", queue, "billing", sides)),
      started(step("delete-replaced", queue, "billing", { old: before, new: undefined })),
      done(step("delete-replaced", queue, "billing", { old: before, new: undefined })),
    ]);
    expect(summary(operation)).toEqual([{ name: "billing", kind: "replace", status: "done", id: "WS2/WQ2" }]);
    expect(operation.changes[0]?.properties).toEqual([
      { path: "workspaceSid", kind: "update", before: "WS1", after: "WS2", replaces: true },
    ]);
    expect(operation.count("replace")).toBe(1);
  });

  test("a failed resource stays failed and is not counted as done", () => {
    const operation = fold([
      started(step("create", queue, "billing")),
      said("error", "error: 20001", urnOf(queue, "billing")),
      failed(step("create", queue, "billing")),
      done(step("create", queue, "billing")),
    ]);
    expect(summary(operation)).toEqual([
      { name: "billing", kind: "create", status: "failed", id: undefined },
    ]);
    expect(operation.count("create")).toBe(0);
  });

  test("of a preview has planned steps only", () => {
    const operation = fold(
      [started(step("create", queue, "billing")), done(step("create", queue, "billing"))],
      true,
    );
    expect(operation.changes.map(({ status }) => status)).toEqual(["planned"]);
  });

  test("of a comparison has what Twilio says, and no changes", () => {
    const operation = new Operation({ planOnly: true, comparing: true });
    const sides = {
      old: state(queue, "billing", { inputs: { friendlyName: "Billing" } }),
      new: state(queue, "billing", { inputs: { friendlyName: "Invoices" } }),
    };
    const component = "flex-messaging:routing:TaskRouting";
    for (const event of [
      started(step("refresh", queue, "billing", sides)),
      done(step("update", queue, "billing", { ...sides, diffs: ["friendlyName"] })),
      done(step("same", queue, "sales")),
      done(step("delete", queue, "gone", { new: undefined })),
      done(step("same", component, "routing", { new: state(component, "routing", { custom: false }) })),
    ])
      operation.apply(event);
    expect(operation.changes).toEqual([]);
    expect(operation.finished).toBe(3);
    expect(operation.drifts).toMatchObject([
      {
        name: "billing",
        gone: false,
        properties: [{ path: "friendlyName", before: "Billing", after: "Invoices" }],
        before: { friendlyName: "Billing" },
        after: { friendlyName: "Invoices" },
      },
      { name: "gone", gone: true, after: undefined },
    ]);
  });

  test("has the outputs of the stack, secrets hidden", () => {
    const type = "pulumi:pulumi:Stack";
    const outputs = {
      url: "https://console.twilio.com",
      token: {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        ciphertext: "[secret]",
      },
    };
    const operation = fold([
      done(step("same", type, "flex-messaging-dev", { new: state(type, "x", { custom: false, outputs }) })),
    ]);
    expect(operation.outputs).toEqual({ url: "https://console.twilio.com", token: "[secret]" });
  });

  test("tells each error once, and nothing that only repeats that something failed", () => {
    const message = "Twilio 20003 (401): Authentication Error";
    const operation = fold([
      said("error", message, urnOf(queue, "billing")),
      said("error", message, urnOf(queue, "support")),
      said("error", "update failed", stackUrn),
      said("warning", "deprecated"),
      said("warning", "deprecated"),
    ]);
    expect(operation.diagnostics).toEqual([
      { severity: "error", message, urn: urnOf(queue, "billing") },
      { severity: "warning", message: "deprecated" },
    ]);
  });

  describe("a program that ended before all of it was registered", () => {
    const told = [
      "The Pulumi runtime detected that the program exited before the following resource",
      "registrations could complete:",
      '  * "billing" [twilio:taskrouter:TaskQueue] was waiting for its dependencies to resolve',
      "additional debug information about the leaked promises.",
    ];
    const lines = told.map((line) => said("info#err", line));
    const error = said("error", "Twilio does not accept the auth token");
    test.each<[string, EngineEvent[], string[]]>([
      ["is told", lines, told.map((line) => line.trim())],
      ["in one piece, too", [said("info#err", told.join("\n"))], [told.join("\n")]],
      ["not where an error says why", [error, ...lines], ["Twilio does not accept the auth token"]],
      [
        "and what follows is told",
        [error, ...lines, said("info#err", "hm")],
        ["Twilio does not accept the auth token", "hm"],
      ],
    ])("%s", (_, events, expected) => {
      expect(fold(events).diagnostics.map(({ message }) => message)).toEqual(expected);
    });
  });

  test("keeps what is said about a resource with it", () => {
    const taken = step("create", queue, "billing", {
      new: state(queue, "billing", { id: "WS1/WQ1", outputs: { adopted: true } }),
    });
    const operation = fold([
      started(step("create", queue, "billing")),
      said("info", "took over WQ1 and changed targetWorkers", urnOf(queue, "billing")),
      said("info", "hello from the program"),
      done(taken),
    ]);
    expect(operation.changes.map(({ kind, notes }) => ({ kind, notes }))).toEqual([
      { kind: "adopt", notes: ["took over WQ1 and changed targetWorkers"] },
    ]);
    expect(operation.diagnostics).toEqual([{ severity: "info", message: "hello from the program" }]);
  });

  test("tells once that the local Twilio can't use its database, however many resources fail for it", () => {
    const cause = (name: string, why: string): EngineEvent =>
      said("error", `can't create the Role "${name}": ${why} (HTTP 507, Twilio error 20507)`);
    const full = "The local Twilio can't write /p/.local/twilio.db: the disk is full. Make room there";
    const damaged = "/p/.local/twilio.db is damaged (database disk image is malformed). Stop it";
    const { diagnostics } = fold([
      cause("a", full),
      cause("b", full),
      cause("a", damaged),
      cause("b", damaged),
    ]);
    expect(diagnostics.map(({ message }) => message.slice(0, 55))).toEqual([
      `can't create the Role "a": The local Twilio can't write`,
      `can't create the Role "a": /p/.local/twilio.db is damag`,
    ]);
  });

  test("tells that something failed when nothing else was said", () => {
    const mute = fold([said("error", "update failed")]);
    expect(mute.errors).toEqual([{ severity: "error", message: "update failed" }]);
    expect([mute.saidWhy, fold([said("error", "broken")]).saidWhy]).toEqual([false, true]);
  });

  test("reports only what is new", () => {
    const operation = new Operation({ planOnly: false });
    const news = [
      started(step("same", queue, "billing")),
      done(step("same", queue, "billing")),
      done(step("same", queue, "billing")),
      said("error", "broken"),
      said("error", "broken"),
      said("error", "update failed"),
    ].map((event) => operation.apply(event)?.kind);
    expect(news).toEqual(["resource", "resource", undefined, "diagnostic", undefined, undefined]);
  });

  test.each([
    ["mandatory", true, "error"],
    ["warning", false, "warning"],
  ] as const)("a %s policy", (enforcementLevel, violated, severity) => {
    const operation = fold([
      {
        sequence: 0,
        timestamp: 0,
        policyEvent: {
          message: "No worker matches.",
          color: "never",
          policyName: "queue-has-workers",
          policyPackName: "flex",
          policyPackVersion: "1",
          policyPackVersionTag: "1",
          enforcementLevel,
        },
      },
    ]);
    expect(operation.policyViolated).toBe(violated);
    expect(operation.diagnostics).toEqual([
      { severity, message: "flex/queue-has-workers: No worker matches.", policy: true },
    ]);
  });
});
