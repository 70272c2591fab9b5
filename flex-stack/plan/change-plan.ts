import { createHash } from "node:crypto";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { Operation } from "../changes/operation.ts";
import { isObject, isSecret, isUnknown, parsedJson } from "../values/property-value.ts";
import type { ChangeKind } from "../changes/resource-change.ts";

/** One planned change. What it changes is a digest only, so that a plan can be kept where others read it. */
export interface PlannedChange {
  urn: string;
  kind: ChangeKind;
  /** SHA-256 of what the resource is to be, and of each difference from what it is; secrets count as one value. */
  digest: string;
}

/** What a preview found, as far as it takes to know it again. */
export interface ChangePlan {
  stack: string;
  changes: PlannedChange[];
}

/** Listens to a preview for what the resources are to be. */
export class PlanRecorder {
  readonly #inputs = new Map<string, unknown>();

  observe({ resourcePreEvent, resOutputsEvent }: EngineEvent): void {
    const step = (resourcePreEvent ?? resOutputsEvent)?.metadata;
    if (step?.new) this.#inputs.set(step.urn, step.new.inputs);
  }

  /** The plan, when the preview is over. */
  plan(stack: string, operation: Operation): ChangePlan {
    const changes = operation.changed.map(({ urn, kind, properties }) => ({
      urn,
      kind,
      digest: digestOf({ inputs: this.#inputs.get(urn), properties }),
    }));
    return { stack, changes: changes.sort((one, other) => (one.urn < other.urn ? -1 : 1)) };
  }
}

function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(value)))
    .digest("hex");
}

/** The same text for what means the same: keys in order, JSON text as what it says. */
function canonical(value: unknown): unknown {
  const meant = parsedJson(value);
  if (isSecret(meant)) return "[secret]";
  if (isUnknown(meant)) return "[unknown]";
  if (Array.isArray(meant)) return meant.map(canonical);
  if (!isObject(meant)) return meant;
  return Object.fromEntries(
    Object.keys(meant)
      .sort()
      .map((key) => [key, canonical(meant[key])]),
  );
}
