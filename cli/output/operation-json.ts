import type { Operation } from "../changes/operation.ts";
import { isUnknown, withoutSecrets } from "../changes/property-value.ts";
import { changeKinds, type PropertyChange, type ResourceChange } from "../changes/resource-change.ts";

/** The result of a command for programs, as `--json` prints it. Secrets stand as `[secret]`. */
export interface OperationJson {
  stack: string;
  result: "succeeded" | "failed";
  counts: Record<string, number>;
  changes: unknown[];
  /** What was changed at Twilio behind Pulumi's back; needs `--refresh`. */
  drifts: unknown[];
  diagnostics: unknown[];
  outputs: Readonly<Record<string, unknown>>;
  durationMs: number;
  /** Requests the local Twilio served meanwhile; absent for real accounts. */
  apiRequests?: number;
}

export interface OperationFacts {
  stack: string;
  succeeded: boolean;
  durationMs: number;
  apiRequests: number | undefined;
}

export function operationJson(operation: Operation, facts: OperationFacts): OperationJson {
  return {
    stack: facts.stack,
    result: facts.succeeded ? "succeeded" : "failed",
    counts: Object.fromEntries(changeKinds.map((kind) => [kind, operation.count(kind)])),
    changes: operation.changed
      .filter(({ remote, properties }) => remote || properties.length > 0)
      .map(changeJson),
    drifts: operation.drifts.map(({ urn, type, name, id, gone, properties }) => ({
      urn,
      type,
      name,
      id,
      gone,
      properties: properties.map(propertyJson),
    })),
    diagnostics: operation.diagnostics.filter(({ severity }) => severity !== "info"),
    outputs: operation.outputs,
    durationMs: Math.round(facts.durationMs),
    ...(facts.apiRequests === undefined ? {} : { apiRequests: facts.apiRequests }),
  };
}

function changeJson({ urn, type, name, kind, status, id, properties, notes }: ResourceChange): unknown {
  return {
    urn,
    type,
    name,
    kind,
    status,
    ...(id ? { id } : {}),
    properties: properties.map(propertyJson),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function propertyJson({ path, kind, before, after, replaces }: PropertyChange): unknown {
  return { path, kind, before: plain(before), after: plain(after), replaces };
}

function plain(value: unknown): unknown {
  return isUnknown(value) ? "(known after up)" : withoutSecrets(value);
}
