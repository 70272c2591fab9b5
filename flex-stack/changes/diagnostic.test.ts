import { describe, expect, test } from "@jest/globals";
import type { DiagnosticEvent } from "@pulumi/pulumi/automation/index.js";
import { diagnosticOf, isEcho, subjectOf } from "./diagnostic.ts";
import { stackUrn, urnOf } from "./engine-events.fixture.ts";

const event = (fields: Partial<DiagnosticEvent>): DiagnosticEvent => ({
  message: "m",
  color: "never",
  severity: "error",
  ...fields,
});

describe("diagnostics", () => {
  test.each<[string, Partial<DiagnosticEvent>, unknown]>([
    [
      "an error",
      { message: "broken\n", urn: stackUrn },
      { severity: "error", message: "broken", urn: stackUrn },
    ],
    ["a warning", { severity: "warning", message: "old\n" }, { severity: "warning", message: "old" }],
    [
      "the program's stderr",
      { severity: "info#err", message: "hm\n\n" },
      { severity: "info", message: "hm" },
    ],
    [
      "what keeps a policy pack from starting",
      { severity: "info#err", message: "error: [runtime] no such rule\n" },
      { severity: "error", message: "no such rule" },
    ],
    [
      "a credential",
      { message: 'smsUrl is "https://u:pw@a.example.com"' },
      { severity: "error", message: 'smsUrl is "https://u:[secret]@a.example.com"' },
    ],
    ["debug talk", { severity: "debug" as "info", message: "RPC" }, undefined],
    ["a blank line", { message: "\n" }, undefined],
    ["a status of the moment", { message: "waiting", ephemeral: true }, undefined],
    [
      "colours",
      { message: "<{%fg 1%}>bad<{%reset%}> \u001b[31mred\u001b[0m" },
      { severity: "error", message: "bad red" },
    ],
    [
      "a stack trace",
      {
        message:
          "Running program '/a/index.ts' failed with an unhandled exception:\nError: no queue\n  fix: name one\n" +
          "    at new Routing (file:///a/routing.ts:3:9)\n    at file:///a/index.ts:1:1\n    at async Promise.all (index 0)\n    at wrap (node:internal/cjs:261:19) {\n",
      },
      { severity: "error", message: "no queue\n  fix: name one" },
    ],
    [
      "the provider's refusal of its configuration",
      { message: "pulumi:providers:twilio resource 'default_0_1_0' has a problem: wrong token" },
      { severity: "error", message: "wrong token" },
    ],
    [
      "the provider's refusal of one setting",
      {
        message:
          "pulumi:providers:twilio resource 'default_0_1_0': property accountSid value {x\ny} has a problem: must be AC",
      },
      { severity: "error", message: "twilio:accountSid must be AC" },
    ],
    [
      "what a comparison met at Twilio",
      { message: "Preview failed: Twilio does not accept the auth token" },
      { severity: "error", message: "Twilio does not accept the auth token" },
    ],
    [
      "why something was made in part",
      { message: "1 error occurred:\n\t* can't update the Queue: no\n  Fix: say yes\n\n" },
      { severity: "error", message: "can't update the Queue: no\n  Fix: say yes" },
    ],
    [
      "prose that starts with at",
      { message: "look\n  at the queue" },
      { severity: "error", message: "look\n  at the queue" },
    ],
  ])("%s", (_, fields, expected) => {
    expect(diagnosticOf(event(fields))).toEqual(expected);
  });

  test.each([
    ["update failed", true],
    ["preview failed", true],
    ["update canceled", true],
    ["resource monitor shut down while waiting on step's done channel", true],
    ["cancelled", true],
    ["Preview failed: cancelled", true],
    ["context canceled", true],
    ["failed to run remediation: context canceled", true],
    ["not attempted, for the reason given for another resource: Twilio can't be used", true],
    ["update of workflow refused", false],
    ["failed to run policy: no such file", false],
  ])("%s only repeats a failure: %s", (message, echo) => {
    expect(isEcho(message)).toBe(echo);
  });

  test("a resource is named by kind and name", () => {
    expect(subjectOf(urnOf("flex:routing:TaskRouting$twilio:taskrouter:TaskQueue", "flex-billing"))).toBe(
      "TaskQueue flex-billing",
    );
  });
});
