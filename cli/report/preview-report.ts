import type { Operation } from "../changes/operation.ts";
import type { ResourceChange } from "../changes/resource-change.ts";
import type { Failure } from "../failure.ts";
import { meaningOf, routingPicture, Surroundings, type Statement } from "../meaning/index.ts";
import {
  operationJson,
  reportable,
  type OperationFacts,
  type OperationJson,
} from "../output/operation-json.ts";
import type { ReportedChange, StackReport } from "./report.ts";

/** What `preview --json` prints: the document of every command, and what its changes mean. */
export type PreviewReport = StackReport & Omit<OperationJson, "changes">;

/** The report of a preview, from what the engine told. */
export function previewReport(operation: Operation, facts: OperationFacts): PreviewReport {
  const { changes, ...document } = operationJson(operation, facts);
  const surroundings = surroundingsOf(operation);
  const changed = reportable(operation);
  return {
    ...document,
    changes: changes.map((change, index): ReportedChange => {
      const origin = changed[index];
      return { ...change, meaning: origin ? changeMeaning(origin, surroundings) : [] };
    }),
    policies: operation.policies,
    rulesHeld: operation.rulesHeld,
    routing: changed.flatMap(({ type, kind, subject }) => {
      if (type !== "twilio:taskrouter:Workflow" || kind === "adopt") return [];
      return routingPicture(subject, surroundings) ?? [];
    }),
  };
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

/** What a change means. An adoption's own note says what would change in what is adopted. */
export function changeMeaning({ kind, subject }: ResourceChange, surroundings: Surroundings): Statement[] {
  return kind === "create" || kind === "update" || kind === "replace" ? meaningOf(subject, surroundings) : [];
}

/** What the engine knows of all the stack's resources. */
export function surroundingsOf(operation: Operation): Surroundings {
  return new Surroundings(
    operation.changes
      .filter(({ remote }) => remote)
      .map(({ type, name, id, subject }) => ({
        type,
        name,
        id,
        properties: subject.after ?? subject.before ?? {},
      })),
  );
}
