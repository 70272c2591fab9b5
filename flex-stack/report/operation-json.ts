import type { Operation } from "../changes/operation.ts";
import { keyOf } from "../values/property-path.ts";
import { isUnknown, publicValue } from "../values/property-value.ts";
import type { Diagnostic } from "../changes/diagnostic.ts";
import {
  changeKinds,
  type ChangeKind,
  type ChangeStatus,
  type PropertyChange,
  type ResourceChange,
} from "../changes/resource-change.ts";

/** The result of a command for programs, as `--json` prints it. Secrets and credentials stand as `[secret]`. */
export interface OperationJson {
  stack: string;
  result: "succeeded" | "failed";
  counts: Record<string, number>;
  changes: ChangeJson[];
  /** What was changed at Twilio behind Pulumi's back; needs `--refresh`. */
  drifts: unknown[];
  diagnostics: Diagnostic[];
  outputs: Readonly<Record<string, unknown>>;
  durationMs: number;
  /** Requests the local Twilio served meanwhile; absent for real accounts. */
  apiRequests?: number;
  /** What resources were compared with: `record` is what the last update left in the state. */
  comparedWith?: ComparedWith;
}

export type ComparedWith = "account" | "record";

export interface ChangeJson {
  urn: string;
  type: string;
  name: string;
  kind: ChangeKind;
  status: ChangeStatus;
  id?: string;
  properties: PropertyChange[];
  notes?: readonly string[];
  /** Of a resource that goes, the name under which its object stays in the stack. */
  nowAs?: string;
  /** The name under which its object was in the stack so far. */
  formerly?: string;
}

export interface OperationFacts {
  stack: string;
  succeeded: boolean;
  durationMs: number;
  apiRequests: number | undefined;
  comparedWith?: ComparedWith;
}

export function operationJson(operation: Operation, facts: OperationFacts): OperationJson {
  return {
    stack: facts.stack,
    result: facts.succeeded ? "succeeded" : "failed",
    counts: Object.fromEntries(changeKinds.map((kind) => [kind, operation.count(kind)])),
    changes: reportable(operation).map(changeJson),
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
    ...(facts.comparedWith === undefined ? {} : { comparedWith: facts.comparedWith }),
  };
}

/** Changes that mean something to somebody: at Twilio, or of a component whose properties differ. */
export function reportable(operation: Operation): ResourceChange[] {
  return operation.changed.filter(({ remote, properties }) => remote || properties.length > 0);
}

function changeJson(change: ResourceChange): ChangeJson {
  const { urn, type, name, kind, status, id, properties, notes, nowAs, formerly } = change;
  return {
    urn,
    type,
    name,
    kind,
    status,
    ...(id ? { id } : {}),
    properties: properties.map(propertyJson),
    ...(notes.length > 0 ? { notes } : {}),
    ...(nowAs === undefined ? {} : { nowAs }),
    ...(formerly === undefined ? {} : { formerly }),
  };
}

function propertyJson({ path, kind, before, after, replaces }: PropertyChange): PropertyChange {
  const key = keyOf(path);
  return { path, kind, before: plain(before, key), after: plain(after, key), replaces };
}

function plain(value: unknown, key: string): unknown {
  return isUnknown(value) ? "(known after up)" : publicValue(value, key);
}
