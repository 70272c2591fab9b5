import { changes } from "./change.ts";
import type { OnDelete, Operations, ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { explain } from "./explain.ts";
import { isGone } from "./gone.ts";
import { leaves, putAt, valueAt } from "./leaves.ts";
import { formatId } from "./id.ts";
import type { Location } from "./id.ts";
import type { Session } from "./session.ts";
import { baselineOf, isAdopted } from "./state.ts";
import { sendUpdate } from "./update.ts";
import type { Properties } from "./value.ts";

export interface RemoveRequest {
  location: Location;
  state: Properties;
  inputs: Properties;
  what: string;
}

/** Deletes a resource, or what its definition does instead. One that is gone already is no error. */
export async function remove(
  session: Session,
  definition: ResourceDefinition,
  request: RemoveRequest,
): Promise<void> {
  const { location, state, inputs, what } = request;
  const id = formatId(definition, location, session.accountSid);
  if (session.claims.isTaken(definition, id)) {
    session.log("info", `left ${id} in place: another resource of the program took it over`);
    return;
  }
  if (isAdopted(state) && inputs["deleteAdopted"] !== true) {
    session.log(
      "info",
      `left ${location.sid} in place: it was there before. Set deleteAdopted: true to delete such`,
    );
    return;
  }
  const operations = definition.at(session.twilio, location.parents);
  try {
    const way = await wayOf(session, definition, request);
    if (way === "restore") await restore(definition, operations, request);
    else if (way === "remove") await operations.remove!(location.sid);
    else session.log(way.warn === true ? "warning" : "info", `left in place: ${way.forget}`);
  } catch (error) {
    if (error instanceof TwilioError && isGone(definition, error)) {
      session.log("info", `${location.sid} was gone already`);
      return;
    }
    throw explain(error, definition, "delete", what, session.endpoint);
  }
}

async function wayOf(
  session: Session,
  definition: ResourceDefinition,
  request: RemoveRequest,
): Promise<OnDelete> {
  const { onDelete = "remove" } = definition;
  if (typeof onDelete !== "function") return onDelete;
  return onDelete({ twilio: session.twilio, ...request.location, inputs: request.inputs });
}

/** Sends back what was there when the resource was taken over. */
async function restore(
  definition: ResourceDefinition,
  operations: Operations,
  { location, state, inputs }: RemoveRequest,
): Promise<void> {
  const baseline = baselineOf(state);
  const before: Properties = {};
  for (const leaf of leaves(definition).inputs) {
    const value = baseline[leaf.name];
    if (value !== undefined && value !== null && valueAt(inputs, leaf.path) !== undefined) {
      putAt(before, leaf.path, value);
    }
  }
  const wanted = changes(definition, { state, oldInputs: {}, inputs: before });
  await sendUpdate(definition, operations, location.sid, before, wanted);
}
