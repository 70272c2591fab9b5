import { fetchListed } from "./collections.ts";
import type { ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { explain } from "./explain.ts";
import { isGone } from "./gone.ts";
import { formatId } from "./id.ts";
import type { Location } from "./id.ts";
import { importedInputs } from "./importedInputs.ts";
import { inheritedAfter, recordedOwner } from "./inherit.ts";
import type { PlacedLeaf } from "./leaves.ts";
import { leaves, putAt, removeAt, valueAt } from "./leaves.ts";
import { same } from "./leafValue.ts";
import type { Session } from "./session.ts";
import {
  baselineOf,
  choicesOf,
  isAdopted,
  isReadable,
  remoteValue,
  seenValue,
  stateFrom,
  takeoverBaseline,
  unsetValue,
} from "./state.ts";
import type { Baseline } from "./state.ts";
import type { Properties, Response, Value } from "./value.ts";

export interface ReadRequest {
  location: Location;
  /** What was recorded, empty for an import. */
  state: Properties;
  inputs: Properties;
  what: string;
}

export interface ReadResult {
  state: Properties;
  /** The inputs that would make the resource what it is now. */
  inputs: Properties;
}

/** What a resource is now; undefined when it is gone. */
export async function read(
  session: Session,
  definition: ResourceDefinition,
  request: ReadRequest,
): Promise<ReadResult | undefined> {
  const { location, state, inputs, what } = request;
  let response: Response;
  try {
    response = await fetchListed(session, definition, location);
  } catch (error) {
    if (error instanceof TwilioError && isGone(definition, error)) return undefined;
    throw explain(error, definition, "read", what, session.endpoint);
  }
  const imported = Object.keys(state).length === 0 && Object.keys(inputs).length === 0;
  if (imported) {
    const id = formatId(definition, location, session.accountSid);
    session.claims.imports(definition, id, session.urn);
    // An object can get another name by an import, too: its past goes on.
    const owner = await recordedOwner(session, definition, id);
    if (owner) {
      const inputsNow = importedInputs(definition, location, response);
      const place = { definition, ...location };
      return { inputs: inputsNow, state: inheritedAfter(place, response, inputsNow, owner.state) };
    }
  }
  const refreshed = imported
    ? importedInputs(definition, location, response)
    : refreshedInputs(definition, response, request);
  return {
    inputs: refreshed,
    state: stateFrom({
      definition,
      ...location,
      response,
      inputs: refreshed,
      previous: state,
      adopted: isAdopted(state),
      baseline: imported ? importedBaseline(definition, response, refreshed) : baselineOf(state),
    }),
  };
}

/** What was there before is what comes back, where a deletion gives something back. */
function importedBaseline(definition: ResourceDefinition, response: Response, inputs: Properties): Baseline {
  return definition.onDelete === "restore"
    ? takeoverBaseline(definition, response)
    : choicesOf(definition, response, inputs);
}

/**
 * The recorded inputs with what changed at Twilio in them: what the program set and is otherwise now,
 * and what it left out and is no longer what it was then.
 */
function refreshedInputs(
  definition: ResourceDefinition,
  response: Response,
  request: ReadRequest,
): Properties {
  const inputs = structuredClone(request.inputs);
  const baseline = baselineOf(request.state);
  for (const leaf of leaves(definition).inputs.filter(isReadable)) {
    const written = valueAt(inputs, leaf.path);
    const remote = seenValue(leaf, remoteValue(leaf, response), written);
    if (written === undefined) {
      if (leaf.field.live === true || remote === undefined) continue;
      if (!same(leaf.field, remote, reference(leaf, baseline, request.state)))
        putAt(inputs, leaf.path, remote);
    } else if (!same(leaf.field, written, remote)) {
      if (remote === undefined) removeAt(inputs, leaf.path);
      else putAt(inputs, leaf.path, inTheStyleOf(written, remote));
    }
  }
  return inputs;
}

/** What an unset leaf is expected to be: the baseline, the default, or what was recorded last. */
function reference(leaf: PlacedLeaf, baseline: Baseline, state: Properties): Value | undefined {
  const expected = unsetValue(leaf, baseline);
  if (expected !== undefined || Object.hasOwn(baseline, leaf.name)) return expected;
  return leaf.field.computed === undefined ? undefined : valueAt(state, leaf.path);
}

/** A document as a string where the program writes it as one. */
function inTheStyleOf(written: Value, remote: Value): Value {
  return typeof written === "string" && typeof remote === "object" ? JSON.stringify(remote) : remote;
}
