import type { DiagnosticEvent, PolicyEvent } from "@pulumi/pulumi/automation/index.js";
import { withoutCredentials } from "../../config/credential.ts";
import { endedPlugin, isLostPlugin } from "./ended-plugin.ts";
import { nameOf } from "./resource-change.ts";

export interface Diagnostic {
  severity: "error" | "warning" | "info";
  /** Whole message, several lines where it has them, without stack traces. */
  message: string;
  /** The resource it is about. */
  urn?: string;
  /** A rule of a policy pack says so. */
  policy?: true;
}

/** What the engine, the provider or the program had to say; `undefined` for debug talk and blanks. */
export function diagnosticOf(event: DiagnosticEvent): Diagnostic | undefined {
  const message = endedPlugin(readable(event.message));
  if (event.ephemeral || message === "") return undefined;
  const about = event.urn ? { urn: event.urn } : {};
  // What keeps a policy pack from starting is told on its stderr; Pulumi itself then says no more than that it ended.
  const ofPack = event.severity === "info#err" ? /^error: \[runtime\] ([^]+)$/.exec(message)?.[1] : undefined;
  if (ofPack !== undefined) return { severity: "error", message: ofPack, ...about };
  switch (event.severity) {
    case "error":
    case "warning":
      return { severity: event.severity, message, ...about };
    case "info":
    case "info#err":
      return { severity: "info", message, ...about };
    default:
      return undefined;
  }
}

/** A policy's verdict, told like any other diagnostic. */
export function policyDiagnostic(event: PolicyEvent): Diagnostic {
  const message = `${event.policyPackName}/${event.policyName}: ${policyMessage(event)}`;
  return {
    severity: event.enforcementLevel === "mandatory" ? "error" : "warning",
    message,
    policy: true,
    ...(event.resourceUrn ? { urn: event.resourceUrn } : {}),
  };
}

/** What a policy found, without the name of the rule. */
export function policyMessage(event: PolicyEvent): string {
  return readable(event.message);
}

/** `TaskQueue billing`, from a URN. */
export function subjectOf(urn: string): string {
  const type = urn.split("::").at(2)?.split("$").at(-1) ?? "";
  return `${type.split(":").at(-1) ?? ""} ${nameOf(urn)}`.trim();
}

/** What several resources fail for alike, so that it is told once: the local Twilio can't use its database. */
export function commonCause(message: string): string | undefined {
  return /: ((?:The local Twilio can't |\/).+) \(HTTP 507, Twilio error 20507\)/.exec(message)?.[1];
}

/** Whether a message only says that something else failed or was stopped, which was told already. */
export function isEcho(message: string): boolean {
  return (
    /^(update|preview|refresh|destroy|import|resource registration|resource monitor) (failed|cancell?ed|shut down)/.test(
      message,
    ) ||
    isLostPlugin(message) ||
    /^not attempted, for the reason given for another resource\b/.test(message) ||
    /^(Preview failed: )?((context )?cancell?ed|failed to run \w+: context cancell?ed)$/.test(message)
  );
}

/**
 * Without colour tags, ANSI codes, credentials, the frames of stack traces, and the program's path around an
 * exception.
 */
function readable(message: string): string {
  return (
    withoutCredentials("", message)
      .replaceAll(/<\{%.*?%\}>/g, "")
      .replaceAll(/\u001b\[[\d;]*m/g, "")
      .split("\n")
      .filter((line) => !isStackFrame(line))
      .join("\n")
      .replace(/^Running program '.*' failed with an unhandled exception:\s*/, "")
      .replace(/^pulumi:providers:\S+ resource '[^']*' has a problem: /, "")
      .replace(
        /^pulumi:providers:(\S+) resource '[^']*': property (\S+) value \{[^]*?\} has a problem: /,
        "$1:$2 ",
      )
      .replace(/^Preview failed: (?=not attempted, |Twilio )/, "")
      // What is made in part is told with a list of reasons; there is one.
      .replace(/^1 error occurred:\s+\* /, "")
      .replace(/^<ref \*\d+> /, "")
      .replace(/^(Uncaught )?Error: /, "")
      .trim()
  );
}

function isStackFrame(line: string): boolean {
  return /^\s+at .*(:\d+:\d+\)?|\((index \d+|<anonymous>|native)\))( \{)?$/.test(line);
}
