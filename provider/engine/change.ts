import type { ResourceDefinition } from "./definition.ts";
import type { PlacedLeaf } from "./leaves.ts";
import { leaves, valueAt } from "./leaves.ts";
import { same } from "./leafValue.ts";
import { baselineOf, isKept, isReadable, seenValue } from "./state.ts";
import type { Baseline } from "./state.ts";
import { isKnown } from "./value.ts";
import type { Properties, Value } from "./value.ts";

/** One leaf whose value at Twilio is to become another. */
export interface Change {
  leaf: PlacedLeaf;
  from: Value | undefined;
  /** The value wanted; where the program no longer sets the leaf, what it falls back to. */
  to: Value;
  /** Whether the program no longer sets it. */
  removed: boolean;
}

export interface Versions {
  /** The recorded state: what Twilio had when last seen. */
  state: Properties;
  /** The inputs the state came from. */
  oldInputs: Properties;
  inputs: Properties;
}

/**
 * The leaves that have to change for a resource to become what the program says. A leaf that the
 * program never set is nobody's business; one that it no longer sets falls back to what it was, to the
 * default, or to nothing, as far as Twilio can do that.
 */
export function changes(definition: ResourceDefinition, versions: Versions): Change[] {
  const { state, oldInputs, inputs } = versions;
  const baseline = baselineOf(state);
  return leaves(definition)
    .inputs.filter(isKept)
    .flatMap((leaf) => {
      const wanted = valueAt(inputs, leaf.path);
      const before = valueAt(oldInputs, leaf.path);
      if (wanted === undefined && before === undefined) return [];
      const recorded = valueAt(state, leaf.path);
      if (recorded === undefined && leaf.field.createOnly === true && !isReadable(leaf)) {
        // Taken over or imported: what it was created with can't be known.
        return [];
      }
      const from = seenValue(leaf, recorded, wanted);
      const to = wanted ?? fallback(leaf, baseline);
      if (to === undefined || (isKnown(to) && same(leaf.field, from, to))) return [];
      return [{ leaf, from, to, removed: wanted === undefined }];
    });
}

/** What a leaf becomes when the program no longer sets it; undefined leaves it as it is. */
export function fallback(leaf: PlacedLeaf, baseline: Baseline): Value | undefined {
  const before = baseline[leaf.name];
  if (before !== undefined && before !== null) return before;
  const { default: constant, clear } = leaf.field;
  if (constant !== undefined) return constant;
  return clear === false ? undefined : clear;
}
