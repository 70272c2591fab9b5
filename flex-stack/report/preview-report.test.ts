import { describe, expect, test } from "@jest/globals";
import { done, started, state, step } from "../changes/engine-events.fixture.ts";
import { Operation } from "../changes/operation.ts";
import type { CommandContext } from "../../cli/terminal/command-context.ts";
import { Failure } from "../failure/failure.ts";
import { htmlDocument } from "./html.ts";
import { markdownDocument } from "./markdown.ts";
import { previewDocument } from "./preview-document.ts";
import { failedReport, previewReport, surroundingsOf, type PreviewReport } from "./preview-report.ts";
import { readReports } from "./read-report.ts";
import type { StackReport } from "./report.ts";
import { runReport } from "../../cli/report/run-report.ts";
import { textDocument } from "./text.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const workflow = "twilio:taskrouter:Workflow";
const queue = "twilio:taskrouter:TaskQueue";
const facts = { stack: "dev", succeeded: true, durationMs: 1, apiRequests: undefined };
const plain = { columns: 100, style: (_: unknown, text: string) => text };

const canary = "canary-5f0c1e";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

function operationOf(...steps: ReturnType<typeof step>[]): Operation {
  const operation = new Operation({ planOnly: true });
  for (const each of steps) {
    operation.apply(started(each));
    operation.apply(done(each));
  }
  return operation;
}

function reportOn(operation: Operation): PreviewReport {
  return previewReport(operation, facts, surroundingsOf(operation));
}

const routing = (filterQueue: string) => ({
  configuration: {
    task_routing: {
      filters: [{ filter_friendly_name: "All", expression: "1==1", targets: [{ queue: filterQueue }] }],
    },
  },
  friendlyName: "Inbound",
});

/** Every place where a secret can stand in what the engine tells. */
function withSecrets(): Operation {
  const changed = (type: string, name: string, before: object, after: object, diffs: string[]) =>
    step("update", type, name, {
      old: state(type, name, { id: name, inputs: before as Record<string, unknown> }),
      new: state(type, name, { inputs: after as Record<string, unknown> }),
      diffs,
    });
  const filter = (expression: unknown) => ({
    configuration: {
      task_routing: {
        filters: [{ filter_friendly_name: "A", expression, targets: [{ queue: secret(canary) }] }],
      },
    },
  });
  const flow = (properties: unknown, more: object = {}) => ({
    definition: { states: [{ name: "A", type: "send-message", properties, transitions: [], ...more }] },
  });
  const flowType = "twilio:studio:Flow";
  return operationOf(
    changed(queue, "plain", { eventUrl: secret(`${canary}1`) }, { eventUrl: secret(`${canary}2`) }, [
      "eventUrl",
    ]),
    changed(queue, "nested", { a: { b: [secret(canary)] } }, { a: { b: [1] } }, ["a"]),
    changed(queue, "expression", { targetWorkers: "1==1" }, { targetWorkers: secret(canary) }, [
      "targetWorkers",
    ]),
    changed(workflow, "whole", { configuration: secret(canary) }, routing("WQ1"), ["configuration"]),
    changed(workflow, "part", filter("a == 1"), filter(secret(canary)), ["configuration"]),
    changed(flowType, "body", flow({ body: "x" }), flow({ body: secret(canary) }), ["definition"]),
    changed(flowType, "bodies", flow(secret({ body: "x" })), flow(secret({ body: canary })), ["definition"]),
    changed(
      flowType,
      "next",
      flow({}),
      flow(
        {},
        {
          transitions: [
            {
              event: "sent",
              next: secret(canary),
              conditions: [{ type: secret(canary), value: secret(canary) }],
            },
          ],
        },
      ),
      ["definition"],
    ),
    changed("twilio:chat:Role", "role", { permissions: ["a"] }, { permissions: [secret(canary)] }, [
      "permissions",
    ]),
    changed("twilio:chat:Role", "roles", { permissions: ["a"] }, { permissions: secret([canary]) }, [
      "permissions",
    ]),
    step("create", queue, "new", {
      new: state(queue, "new", { inputs: { friendlyName: secret(canary), targetWorkers: secret(canary) } }),
    }),
    step("create", workflow, "new-workflow", {
      new: state(workflow, "new-workflow", {
        inputs: { ...filter(secret(canary)), friendlyName: secret(canary) },
      }),
    }),
    step("create", "twilio:chat:Role", "new-role", {
      new: state("twilio:chat:Role", "new-role", { inputs: { permissions: [secret(canary)] } }),
    }),
    done(
      step("same", "pulumi:pulumi:Stack", "s", {
        new: state("pulumi:pulumi:Stack", "s", { custom: false, outputs: { token: secret(canary) } }),
      }),
    ).resOutputsEvent!.metadata,
  );
}

describe("a report", () => {
  test("shows no secret in any format", () => {
    const report = reportOn(withSecrets());
    expect(report.changes).toHaveLength(13);
    const document = previewDocument([report]);
    for (const text of [
      JSON.stringify(report),
      textDocument(document, plain),
      markdownDocument(document),
      htmlDocument(document),
    ]) {
      expect(text).not.toContain(canary);
      expect(text).toMatch(/\[secret\]|&#91;secret&#93;/);
      expect(text).not.toContain("object Object");
    }
  });

  test("shows nothing that its name alone calls a secret", () => {
    const definition = (apiKey: string) => ({
      definition: { states: [{ name: "A", type: "run-function", properties: { parameters: { apiKey } } }] },
    });
    const flow = "twilio:studio:Flow";
    const changed = step("update", flow, "x", {
      old: state(flow, "x", { id: "FW1", inputs: definition(`${canary}1`) }),
      new: state(flow, "x", { inputs: definition(`${canary}2`) }),
      diffs: ["definition"],
    });
    const report = reportOn(operationOf(changed));
    expect(report.changes[0]?.meaning).toHaveLength(1);
    expect(report.changes).toMatchObject([
      {
        properties: [
          {
            path: 'definition.states["A"].properties.parameters.apiKey',
            before: "[secret]",
            after: "[secret]",
          },
        ],
      },
    ]);
    expect(JSON.stringify(report)).not.toContain(canary);
  });

  test("is the same after it was written and read", () => {
    const report = reportOn(withSecrets());
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    const file = join(folder, "report.json");
    try {
      writeFileSync(file, JSON.stringify(report));
      expect(readReports(file)).toHaveLength(1);
      expect(markdownDocument(previewDocument(readReports(file)))).toBe(
        markdownDocument(previewDocument([report])),
      );
      writeFileSync(file, JSON.stringify({ stacks: [report, report] }));
      expect(readReports(file)).toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("of one stack is taken once", () => {
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    const file = join(folder, "report.json");
    const shown: string[] = [];
    const terminal = { ...plain, print: (text = "") => void shown.push(text), complain: () => undefined };
    const context = { terminal } as unknown as CommandContext;
    try {
      writeFileSync(file, JSON.stringify(reportOn(withSecrets())));
      expect(runReport([file], { format: "markdown" }, context)).toBe(0);
      expect(shown).toHaveLength(1);
      expect(() => runReport([file, file], { format: "markdown" }, context)).toThrow(
        expect.objectContaining({ what: 'Stack "dev" is in these files twice.', exitCode: 2 }),
      );
      expect(shown).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ["", "can't be read."],
    ["[]", "is no report of a preview."],
    ['{"stack": "dev"}', "is no report of a preview."],
  ])("%j is refused", (text, why) => {
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    const file = join(folder, "report.json");
    try {
      writeFileSync(file, text);
      expect(() => readReports(file)).toThrow(why);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("has the routing of workflows that change, with queues by name", () => {
    const changed = step("update", workflow, "inbound", {
      old: state(workflow, "inbound", { id: "WS1/WW1", inputs: routing("WQ1") }),
      new: state(workflow, "inbound", { inputs: routing("WQ2") }),
      diffs: ["configuration"],
    });
    const known = (sid: string, friendlyName: string) =>
      step("same", queue, friendlyName, {
        old: state(queue, friendlyName, { id: `WS1/${sid}`, inputs: { friendlyName } }),
        new: state(queue, friendlyName, { id: `WS1/${sid}`, inputs: { friendlyName } }),
      });
    const report = reportOn(operationOf(known("WQ1", "Sales"), known("WQ2", "Support"), changed));
    expect(report.routing).toEqual([
      {
        workflow: "Inbound",
        entries: [],
        filters: [
          {
            name: "All",
            expression: "1 == 1",
            mark: "same",
            targets: [{ queue: "Support", conditions: [], mark: "changed" }],
          },
        ],
        otherwise: { queue: null, mark: "same" },
        before: {
          filters: [
            {
              name: "All",
              expression: "1 == 1",
              mark: "same",
              targets: [{ queue: "Sales", conditions: [], mark: "same" }],
            },
          ],
          otherwise: { queue: null, mark: "same" },
        },
      },
    ]);
    expect(report.changes[0]?.meaning.map(({ action }) => action)).toEqual(["change", "consequence"]);
  });

  test("of a preview that did not run tells why", () => {
    const report = failedReport(
      "dev",
      new Failure({ what: "No backend.", why: "It is locked.", fix: "Wait." }),
    );
    expect(markdownDocument(previewDocument([report]))).toBe(
      "<!-- flex-stack preview -->\n\n## Preview of stack dev\n\n🛑 <b>The preview failed</b>.\n\n" +
        "<pre>No backend.\nwhy: It is locked.\nfix: Wait.</pre>\n",
    );
  });

  test.each<[string, Partial<StackReport>, string]>([
    ["all rules hold", { rulesRan: "all" }, "✅ Policies: all 14 rules hold."],
    [
      "some are switched off",
      { rulesRan: "all", rulesDisabled: ["workflow-has-default"] },
      "Policies: all 14 rules hold; switched off: workflow-has-default.",
    ],
    [
      "the preview failed before all had looked",
      { rulesRan: "part" },
      "⚠️ Policies: 14 rules hold for what was planned until then; the preview ended before all rules had looked at all of it.",
    ],
    [
      "it failed before any had looked",
      { rulesRan: "part", rulesHeld: 0 },
      "⚠️ Policies: the preview ended before all rules had looked at all of it.",
    ],
    [
      "one is broken, and the preview failed",
      { rulesRan: "part", policies: [{ pack: "p", rule: "r", level: "advisory", message: "m" }] },
      "⚠️ Policies: 1 violated, 14 rules hold for what was planned until then; the preview ended before all rules had looked at all of it.",
    ],
    ["--no-policy", { rulesRan: "off", rulesHeld: 0 }, "⚠️ Policies: the rules were left out (--no-policy)."],
    ["a report of an earlier version", { rulesRan: undefined }, "✅ Policies: all 14 rules hold."],
  ])("says of the rules what they did: %s", (_, fields, sentence) => {
    const report = { ...reportOn(operationOf()), rulesHeld: 14, ...fields };
    expect(
      markdownDocument(previewDocument([report]))
        .split("\n\n")[3]
        ?.trim(),
    ).toBe(sentence);
    expect(htmlDocument(previewDocument([report]))).toContain(
      sentence.replace(/^[^P]*/, "").replaceAll("'", "&#39;"),
    );
  });

  test("of a preview that failed half-way says that its plan is no whole one", () => {
    const operation = operationOf(step("create", queue, "billing"));
    const failed = previewReport(operation, { ...facts, succeeded: false }, surroundingsOf(operation));
    expect(previewDocument([failed]).blocks[0]).toEqual({
      ...{ kind: "paragraph", tone: "danger" },
      text: [{ strong: "The preview failed" }, "; planned until then: 1 to create."],
    });
    const unexpected = previewReport(
      operation,
      { ...facts, succeeded: false, unexpected: true },
      surroundingsOf(operation),
    );
    expect(previewDocument([unexpected]).blocks[0]).toMatchObject({
      text: [{ strong: "No changes were expected" }, ": 1 to create."],
    });
  });

  test("tells what only changes its name in every format, and reads it back", () => {
    const id = "WS1/WQ1";
    const operation = operationOf(
      step("create", queue, "sendbacks", {
        new: state(queue, "sendbacks", { id, outputs: { adopted: true } }),
      }),
      step("delete", queue, "returns", { old: state(queue, "returns", { id }) }),
    );
    const report = reportOn(operation);
    expect(report.counts).toMatchObject({ adopt: 1, rename: 1, delete: 0, create: 0 });
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    try {
      writeFileSync(join(folder, "dev.json"), JSON.stringify(report));
      const read = readReports(join(folder, "dev.json"));
      expect(read[0]?.changes.map(({ nowAs, formerly }) => [nowAs, formerly])).toEqual([
        ["sendbacks", undefined],
        [undefined, "returns"],
      ]);
      const document = previewDocument(read);
      for (const text of [
        markdownDocument(document),
        htmlDocument(document),
        textDocument(document, plain),
      ]) {
        expect(text).toContain("1 to adopt, 1 to rename");
        expect(text).toContain("stays, now as sendbacks");
        expect(text).toContain("so far returns");
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what no change was found in is told", () => {
  const same = operationOf(step("same", queue, "billing"));
  const textOf = (comparedWith: "account" | "record") => {
    const report = previewReport(same, { ...facts, comparedWith }, surroundingsOf(same));
    expect(report.comparedWith).toBe(comparedWith);
    return textDocument(previewDocument([report]), plain);
  };

  test("the record alone", () => {
    expect(textOf("record")).toContain(
      "No changes, 1 unchanged. Compared with what the last update recorded; --refresh compares with the account, too.",
    );
  });

  test("the account", () => {
    expect(textOf("account")).toContain("No changes, 1 unchanged.");
    expect(textOf("account")).not.toContain("recorded");
  });
});
