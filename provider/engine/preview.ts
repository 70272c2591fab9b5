import { describeChanges, previewAdopt } from "./adopt.ts";
import { changes } from "./change.ts";
import type { Change, Versions } from "./change.ts";
import type { CreateRequest } from "./create.ts";
import type { ResourceDefinition } from "./definition.ts";
import { explain } from "./explain.ts";
import { findGiven } from "./given.ts";
import { formatId, parentsOf } from "./id.ts";
import { leaves, putAt, valueAt } from "./leaves.ts";
import { asOutput } from "./leafValue.ts";
import { isAdoptable } from "./ownInputs.ts";
import { findMade } from "./resume.ts";
import type { Session } from "./session.ts";
import { isKept, stateFrom } from "./state.ts";
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
  if (placed && session !== undefined) {
    const again = await previewMade(session, definition, { inputs, what });
    if (again !== undefined) return again;
  }
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

/** Finds what a run made that was cut short, and says so. */
async function previewMade(
  session: Session,
  definition: ResourceDefinition,
  { inputs, what }: CreateRequest,
): Promise<{ id: string; state: Properties } | undefined> {
  const parents = parentsOf(definition, inputs);
  try {
    const made = await findMade(session, definition, definition.at(session.twilio, parents), parents, inputs);
    if (made === undefined) return undefined;
    const sid = String(made.response["sid"]);
    session.log("info", `${sid} was made by a run that was cut short; goes on with it`);
    const state = stateFrom({
      definition,
      parents,
      sid,
      response: made.response,
      inputs: made.inputs,
      previous: {},
      adopted: false,
      baseline: {},
    });
    const wanted = changes(definition, { state, oldInputs: made.inputs, inputs });
    const id = formatId(definition, { parents, sid }, session.accountSid);
    return { id, state: changedState(definition, state, wanted) };
  } catch (error) {
    throw explain(error, definition, "create", what, session.endpoint);
  }
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
