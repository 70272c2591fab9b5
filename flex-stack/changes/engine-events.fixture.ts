import type {
  EngineEvent,
  OpType,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation/index.js";

/** Builders of engine events, for tests. Shapes as Pulumi 3.259.0 writes them to its event log. */
export const stackUrn = "urn:pulumi:dev::flex-messaging::pulumi:pulumi:Stack::flex-messaging-dev";

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::flex-messaging::${type}::${name}`;
}

export function state(
  type: string,
  name: string,
  fields: Partial<StepEventStateMetadata> = {},
): StepEventStateMetadata {
  return {
    type,
    urn: urnOf(type, name),
    custom: true,
    id: "",
    parent: stackUrn,
    inputs: {},
    outputs: {},
    provider: "",
    ...fields,
  };
}

export function step(
  op: OpType,
  type: string,
  name: string,
  fields: Partial<StepEventMetadata> = {},
): StepEventMetadata {
  const sides =
    op === "create"
      ? { new: state(type, name) }
      : op === "delete"
        ? { old: state(type, name) }
        : { old: state(type, name), new: state(type, name) };
  return { op, urn: urnOf(type, name), type, provider: "", logical: true, ...sides, ...fields };
}

let sequence = 0;

export function started(metadata: StepEventMetadata): EngineEvent {
  return { sequence: sequence++, timestamp: 0, resourcePreEvent: { metadata } };
}

export function done(metadata: StepEventMetadata): EngineEvent {
  return { sequence: sequence++, timestamp: 0, resOutputsEvent: { metadata } };
}

export function failed(metadata: StepEventMetadata): EngineEvent {
  return { sequence: sequence++, timestamp: 0, resOpFailedEvent: { metadata, status: 0, steps: 0 } };
}

export function said(
  severity: "error" | "warning" | "info" | "info#err",
  message: string,
  urn?: string,
): EngineEvent {
  return {
    sequence: sequence++,
    timestamp: 0,
    diagnosticEvent: { severity, message, color: "never", ...(urn ? { urn } : {}) },
  };
}
