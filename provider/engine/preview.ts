import { describeChanges, previewAdopt } from "./adopt.ts";
import { changes } from "./change.ts";
import type { Change, Versions } from "./change.ts";
import type { CreateRequest } from "./create.ts";
import type { ResourceDefinition } from "./definition.ts";
import { explain } from "./explain.ts";
import { findGiven } from "./given.ts";
import { parentsOf } from "./id.ts";
import { leaves, putAt, valueAt } from "./leaves.ts";
import { asOutput } from "./leafValue.ts";
import { isAdoptable } from "./ownInputs.ts";
import type { Session } from "./session.ts";
import { isKept } from "./state.ts";
import { UNKNOWN } from "./value.ts";
import type { Properties } from "./value.ts";

/**
 * What a create would give, as far as it is known. Looks up what would be taken over, if there is a
 * session to do that; changes nothing.
 */
export async function previewCreate(
  session: Session | undefined,
  definition: ResourceDefinition,
  { inputs, what }: CreateRequest,
): Promise<{ id: string; state: Properties }> {
  const placed = Object.keys(definition.parents).every((name) => inputs[name] !== UNKNOWN);
  if (inputs["adopt"] === true && placed && session !== undefined) {
    const parents = parentsOf(definition, inputs);
    const candidate = await previewAdopt(session, definition, { inputs, parents, what });
    if (candidate !== undefined) {
      return { id: candidate.id, state: changedState(definition, candidate.state, candidate.wanted) };
    }
  }
  if (definition.life === "given" && placed && session !== undefined) {
    return previewGiven(session, definition, { inputs, what });
  }
  const state: Properties = {};
  for (const name of Object.keys(definition.parents)) state[name] = inputs[name] ?? UNKNOWN;
  if (definition.sid !== undefined) state["sid"] = UNKNOWN;
  for (const { path, field } of leaves(definition).inputs.filter(isKept)) {
    const value = valueAt(inputs, path);
    putAt(state, path, value === undefined ? UNKNOWN : asOutput(field, value));
  }
  for (const { path } of leaves(definition).outputs) putAt(state, path, UNKNOWN);
  if (isAdoptable(definition)) state["adopted"] = inputs["adopt"] === true ? UNKNOWN : false;
  return { id: "", state };
}

/** Finds what is always there, and says what would change in it. */
async function previewGiven(
  session: Session,
  definition: ResourceDefinition,
  { inputs, what }: CreateRequest,
): Promise<{ id: string; state: Properties }> {
  try {
    const parents = parentsOf(definition, inputs);
    const { id, state, origin, wanted } = await findGiven(session, definition, inputs, parents);
    session.log("info", `takes over what is there${origin}${describeChanges("would change", wanted)}`);
    return { id, state: changedState(definition, state, wanted) };
  } catch (error) {
    throw explain(error, definition, "update", what, session.endpoint);
  }
}

/** What an update would give, as far as it is known. */
export function previewUpdate(definition: ResourceDefinition, versions: Versions): Properties {
  return changedState(definition, versions.state, changes(definition, versions));
}

function changedState(
  definition: ResourceDefinition,
  state: Properties,
  wanted: readonly Change[],
): Properties {
  if (wanted.length === 0) return state;
  const after = structuredCloneKnown(state);
  for (const { leaf, to } of wanted) putAt(after, leaf.path, asOutput(leaf.field, to));
  for (const { path, field } of leaves(definition).outputs) {
    if (field.stable !== true) putAt(after, path, UNKNOWN);
  }
  return after;
}

/** A copy of a recorded state, which holds no unknown values. */
function structuredCloneKnown(state: Properties): Properties {
  return structuredClone(state as { [name: string]: never });
}
