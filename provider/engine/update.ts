import { changes } from "./change.ts";
import type { Change } from "./change.ts";
import type { Operations, ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { explain } from "./explain.ts";
import { merged } from "./leafValue.ts";
import { updateParams } from "./params.ts";
import { baselineOf, choicesOf, isAdopted, remoteValue, stateFrom } from "./state.ts";
import type { Location } from "./id.ts";
import { removeAt } from "./leaves.ts";
import type { Session } from "./session.ts";
import type { Properties, Response } from "./value.ts";

export interface UpdateRequest {
  location: Location;
  state: Properties;
  oldInputs: Properties;
  inputs: Properties;
  /** What to call the resource in messages. */
  what: string;
}

/** Makes a resource what the program says and returns its new state. */
export async function update(
  session: Session,
  definition: ResourceDefinition,
  request: UpdateRequest,
): Promise<Properties> {
  const { location, state, oldInputs, inputs, what } = request;
  const operations = definition.at(session.twilio, location.parents);
  const wanted = changes(definition, { state, oldInputs, inputs }).filter(
    ({ leaf }) => leaf.field.createOnly !== true,
  );
  try {
    const response =
      (wanted.length === 0
        ? undefined
        : await noted(session, () => sendUpdate(definition, operations, location.sid, inputs, wanted))) ??
      (await operations.fetch(location.sid));
    return stateFrom({
      definition,
      ...location,
      response,
      inputs,
      previous: withoutRemoved(state, wanted),
      adopted: isAdopted(state),
      baseline: choicesOf(definition, response, inputs, baselineOf(state)),
    });
  } catch (error) {
    throw explain(error, definition, "update", what, session.endpoint);
  }
}

/**
 * Notes that something is about to be changed or deleted, and that Twilio answered: the state does not say so at once. What
 * became of a request whose answer was lost is looked up by the next run.
 */
export async function noted<T>(session: Session, send: () => Promise<T>): Promise<T> {
  session.journal?.begin(session.urn, { step: "change" });
  try {
    const answer = await send();
    session.journal?.end(session.urn, { step: "changed" });
    return answer;
  } catch (error) {
    const answered = error instanceof TwilioError && (error.status ?? 0) < 500;
    if (answered) session.journal?.end(session.urn, { step: "changed" });
    throw error;
  }
}

/** Sends the changes, if there are any, and returns Twilio's answer. */
export async function sendUpdate(
  definition: ResourceDefinition,
  operations: Operations,
  sid: string,
  inputs: Properties,
  wanted: readonly Change[],
): Promise<Response | undefined> {
  if (wanted.length === 0 || operations.update === undefined) return undefined;
  const current = wanted.some(isMerged) ? await operations.fetch(sid) : {};
  const complete = wanted.map((change): Change =>
    isMerged(change) ? { ...change, to: merged(remoteValue(change.leaf, current), change.to) } : change,
  );
  const params = updateParams(definition, inputs, complete);
  return params && operations.update(sid, params);
}

/** The state without what the program no longer sets. */
export function withoutRemoved(state: Properties, wanted: readonly Change[]): Properties {
  const rest = structuredClone(state);
  for (const { leaf, removed } of wanted) if (removed) removeAt(rest, leaf.path);
  return rest;
}

function isMerged({ leaf, removed }: Change): boolean {
  return leaf.field.kind === "json" && leaf.field.merge === true && !removed;
}
