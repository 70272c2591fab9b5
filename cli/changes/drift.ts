import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { nameOf, propertyChanges, type PropertyChange } from "./resource-change.ts";

/** A resource that is not at Twilio as Pulumi left it. */
export interface Drift {
  urn: string;
  type: string;
  name: string;
  id: string | undefined;
  /** It is not there any more. */
  gone: boolean;
  /** From what Pulumi left to what Twilio has. */
  properties: PropertyChange[];
}

/** What a refresh found out about one resource; `undefined` when it is as it was left. */
export function driftOf(step: StepEventMetadata): Drift | undefined {
  const gone = step.new == null;
  const properties = propertyChanges(step);
  if (!gone && properties.length === 0) return undefined;
  return {
    urn: step.urn,
    type: step.type,
    name: nameOf(step.urn),
    id: step.old?.id || undefined,
    gone,
    properties,
  };
}
