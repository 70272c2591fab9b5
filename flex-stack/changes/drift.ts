import type { StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { resources } from "../../provider/resources/index.ts";
import { meansTheSame } from "../values/same-meaning.ts";
import { isObject, isSecret, type JsonObject } from "../values/property-value.ts";
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
  /** All of it as Pulumi left it, and as Twilio has it now; secrets wrapped. */
  before: Readonly<JsonObject>;
  after: Readonly<JsonObject> | undefined;
}

/** What a refresh found out about one resource; `undefined` when it is as it was left. */
export function driftOf(step: StepEventMetadata): Drift | undefined {
  const gone = step.new == null;
  const properties = propertyChanges(step).filter(
    (change) => !isLayout(step.type, change) && !meansTheSame(step.type, change),
  );
  if (!gone && properties.length === 0) return undefined;
  return {
    urn: step.urn,
    type: step.type,
    name: nameOf(step.urn),
    id: step.old?.id || undefined,
    gone,
    properties,
    before: known(step.old),
    after: gone ? undefined : known(step.new),
  };
}

/** Where Studio draws a widget; it comes along with whatever else was edited there, and means nothing. */
function isLayout(type: string, { path }: PropertyChange): boolean {
  return type === "twilio:studio:Flow" && /\.properties\.offset\b/.test(path);
}

/**
 * What the program wrote where it wrote it, else what Twilio answered. Of a document in which others keep something, too,
 * only what the program wrote: the rest is none of its business.
 */
function known(state: StepEventStateMetadata | undefined): JsonObject {
  if (state === undefined) return {};
  const { inputs, outputs } = state;
  const all = overlaid(outputs ?? {}, inputs ?? {});
  const fields = Object.entries(resources.find(({ token }) => token === state.type)?.inputs ?? {});
  for (const [name, field] of fields)
    if (field.kind === "json" && field.merge === true && inputs?.[name] !== undefined)
      all[name] = inputs[name];
  return all;
}

function overlaid(lower: JsonObject, upper: JsonObject): JsonObject {
  const merged = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = isGroup(below) && isGroup(value) ? overlaid(below, value) : value;
  }
  return merged;
}

function isGroup(value: unknown): value is JsonObject {
  return isObject(value) && !isSecret(value);
}
