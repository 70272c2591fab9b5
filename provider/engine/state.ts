import type { ResourceDefinition } from "./definition.ts";
import type { PlacedLeaf } from "./leaves.ts";
import { leaves, putAt, valueAt } from "./leaves.ts";
import { asOutput, fromResponse, ownedPart, same } from "./leafValue.ts";
import { isAdoptable } from "./ownInputs.ts";
import { isObject } from "./value.ts";
import type { Json, Properties, Response, Value } from "./value.ts";

/**
 * Values that count as "unset" for one resource where that is not the constant default: what Twilio
 * chose, or what was there when the resource was taken over. By name of the leaf; null is "nothing".
 */
export type Baseline = { [name: string]: Value };

/** Name of the state's property that holds the baseline; Pulumi hides names that begin so. */
export const baselineKey = "__baseline";

/** The baseline in a resource's state. */
export function baselineOf(state: Properties): Baseline {
  const found = state[baselineKey];
  return isObject(found) ? found : {};
}

/** Whether the resource was there before and was taken over. */
export function isAdopted(state: Properties): boolean {
  return state["adopted"] === true;
}

/** Whether a leaf has a place in the state: settings of the provider and instructions have none. */
export function isKept({ field }: PlacedLeaf): boolean {
  return field.local !== true && field.instructionFor === undefined;
}

/** Whether Twilio shows the leaf. */
export function isReadable(leaf: PlacedLeaf): boolean {
  return isKept(leaf) && leaf.field.writeOnly !== true;
}

/** The value of a leaf in Twilio's answer. */
export function remoteValue(leaf: PlacedLeaf, response: Response): Value | undefined {
  return fromResponse(leaf.field, valueAt<Json>(response, leaf.response));
}

/**
 * The value that stands for "unset" in one resource: what its baseline says, else the constant default.
 */
export function unsetValue(leaf: PlacedLeaf, baseline: Baseline): Value | undefined {
  if (Object.hasOwn(baseline, leaf.name)) return baseline[leaf.name] ?? undefined;
  return leaf.field.default;
}

export interface StateFacts {
  definition: ResourceDefinition;
  parents: { readonly [input: string]: string };
  sid: string;
  response: Response;
  /** Inputs, and then the previous state, whose way of writing a value is kept while it means the same. */
  inputs: Properties;
  previous: Properties;
  adopted: boolean;
  baseline: Baseline;
}

/** The state of a resource after Twilio answered. */
export function stateFrom(facts: StateFacts): Properties {
  const { definition, response, inputs, previous } = facts;
  const state: Properties = { ...facts.parents };
  if (definition.sid !== undefined) state["sid"] = facts.sid;
  const { inputs: inputLeaves, outputs } = leaves(definition);
  for (const leaf of inputLeaves.filter(isKept)) {
    const value = keptValue(leaf, response, valueAt(inputs, leaf.path), valueAt(previous, leaf.path));
    if (value !== undefined) putAt(state, leaf.path, value);
  }
  for (const leaf of outputs) {
    const value = remoteValue(leaf, response);
    if (value !== undefined) putAt(state, leaf.path, value);
  }
  if (isAdoptable(definition)) state["adopted"] = facts.adopted;
  if (Object.keys(facts.baseline).length > 0) state[baselineKey] = facts.baseline;
  return state;
}

function keptValue(
  leaf: PlacedLeaf,
  response: Response,
  ...written: (Value | undefined)[]
): Value | undefined {
  const candidates = written.filter((value) => value !== undefined);
  const [first] = candidates;
  if (!isReadable(leaf)) return first === undefined ? undefined : asOutput(leaf.field, first);
  const remote = remoteValue(leaf, response);
  // The state shows the whole document, also the keys that others own.
  if (leaf.field.kind === "json" && leaf.field.merge === true) return remote;
  const kept = candidates.find((value) => same(leaf.field, value, remote));
  return kept === undefined ? remote : asOutput(leaf.field, kept);
}

/** The remote value of a leaf as far as the program looks at it: owned keys only where it owns keys. */
export function seenValue(
  leaf: PlacedLeaf,
  remote: Value | undefined,
  wanted: Value | undefined,
): Value | undefined {
  if (leaf.field.kind !== "json" || leaf.field.merge !== true || wanted === undefined) return remote;
  return ownedPart(remote, asOutput(leaf.field, wanted));
}

/** What Twilio chose for the leaves that the program leaves out, where that is not the default. */
export function choicesOf(
  definition: ResourceDefinition,
  response: Response,
  inputs: Properties,
  known: Baseline = {},
): Baseline {
  const baseline: Baseline = { ...known };
  for (const leaf of leaves(definition).inputs.filter(isReadable)) {
    if (leaf.field.live === true || Object.hasOwn(baseline, leaf.name)) continue;
    if (valueAt(inputs, leaf.path) !== undefined) continue;
    const remote = remoteValue(leaf, response);
    if (remote !== undefined && !same(leaf.field, remote, undefined)) baseline[leaf.name] = remote;
  }
  return baseline;
}

/** What is there when a resource is taken over: every readable leaf, null for nothing. */
export function takeoverBaseline(definition: ResourceDefinition, response: Response): Baseline {
  return Object.fromEntries(
    leaves(definition)
      .inputs.filter(isReadable)
      .map((leaf) => [leaf.name, remoteValue(leaf, response) ?? null]),
  );
}
