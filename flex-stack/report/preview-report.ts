import type { Operation } from "../changes/operation.ts";
import type { ChangeKind } from "../changes/resource-change.ts";
import type { Declared } from "../../rehearsal/record-program.ts";
import type { Failure } from "../failure/failure.ts";
import { operationJson, reportable, type OperationFacts, type OperationJson } from "./operation-json.ts";
import type { Origin } from "./origin.ts";
import { toldOf } from "./told.ts";
import type { ReportedChange, StackReport } from "./report.ts";
import { Surroundings, routingPicture } from "../meaning/index.ts";

/** What `preview --json` prints: the document of every command, and what its changes mean. */
export type PreviewReport = StackReport & Omit<OperationJson, "changes">;

export interface PreviewFacts extends OperationFacts {
  /** The rules were left out on purpose. @default false */
  rulesOff?: boolean;
  /** Rules that the stack's configuration switches off. */
  rulesDisabled?: readonly string[];
  /** The preview ran well, and found changes that were not expected. @default false */
  unexpected?: boolean;
  /** Where and when it was made. */
  origin?: Origin;
}

/**
 * The report of a preview, from what the engine told. The engine works on several resources at a time, and tells of
 * them in an order that changes from run to run; here they are sorted, so that equal previews are equal texts.
 */
export function previewReport(
  operation: Operation,
  facts: PreviewFacts,
  surroundings: Surroundings,
): PreviewReport {
  const { changes, diagnostics, ...document } = operationJson(operation, facts);
  const changed = sorted(
    reportable(operation).map((origin, index) => ({ origin, json: changes[index] })),
    ({ origin }) => [origin.type, origin.name],
  );
  return {
    ...document,
    ...(facts.origin === undefined ? {} : { origin: facts.origin }),
    changes: changed.flatMap(({ origin, json }): ReportedChange[] =>
      json ? [{ ...json, ...componentOf(origin), meaning: toldOf(origin, toldInReport, surroundings) }] : [],
    ),
    diagnostics: sorted(diagnostics, ({ severity, message }) => [severity, message]),
    policies: sorted(operation.policies, ({ level, rule, resource = "", message }) => [
      level === "mandatory" ? "0" : "1",
      rule,
      resource,
      message,
    ]),
    rulesHeld: operation.rulesHeld,
    rulesRan: facts.rulesOff === true && operation.rulesRan === "none" ? "off" : operation.rulesRan,
    rulesDisabled: facts.rulesDisabled ?? [],
    ...(facts.unexpected === true ? { unexpected: true } : {}),
    routing: changed.flatMap(({ origin: { type, kind, subject } }) => {
      if (type !== "twilio:taskrouter:Workflow" || kind === "adopt") return [];
      return routingPicture(subject, surroundings) ?? [];
    }),
  };
}

/** The component that a resource is right in: the one before the last in the types that its URN names. */
function componentOf({ urn }: { urn: string }): Pick<ReportedChange, "component"> {
  const component = urn.split("::")[2]?.split("$").at(-2);
  return component === undefined ? {} : { component };
}

function sorted<Entry>(list: readonly Entry[], keys: (entry: Entry) => readonly string[]): Entry[] {
  const compare = (one: readonly string[], other: readonly string[]) => {
    const index = one.findIndex((key, at) => key !== other[at]);
    return index < 0 ? 0 : (one[index] ?? "") < (other[index] ?? "") ? -1 : 1;
  };
  return list.toSorted((one, other) => compare(keys(one), keys(other)));
}

/** The report of a preview that did not come to run. */
export function failedReport(stack: string, { what, why, fix }: Failure): StackReport {
  const lines = [
    what,
    ...(why === undefined ? [] : [`why: ${why}`]),
    ...(fix === undefined ? [] : [`fix: ${fix}`]),
  ];
  return {
    stack,
    result: "failed",
    counts: {},
    changes: [],
    diagnostics: [{ severity: "error", message: lines.join("\n") }],
    policies: [],
    rulesHeld: 0,
    routing: [],
  };
}

/** Changes whose meaning a report tells. An adoption's own note says what would change in what is adopted. */
export const toldInReport: readonly ChangeKind[] = ["create", "buy", "update", "replace", "delete"];

/** What the engine knows of all the stack's resources, and what a rehearsal of the program declared. */
export function surroundingsOf(operation: Operation, declared?: readonly Declared[]): Surroundings {
  return new Surroundings(
    operation.changes
      // What stays under another name is there under that one.
      .filter(({ remote, kind }) => remote && kind !== "rename")
      .map(({ type, name, id, kind, subject }) => ({
        type,
        name,
        id,
        properties: subject.after ?? subject.before ?? {},
        fate: kind === "replace" ? "remade" : subject.after === undefined ? "gone" : undefined,
      })),
    declared,
  );
}
