import { changes } from "./change.ts";
import type { Change } from "./change.ts";
import type { ResourceDefinition } from "./definition.ts";
import { UserError } from "./errors.ts";
import { formatId, kind } from "./id.ts";
import { describeOrigin, inherited, inheritedAfter, recordedOwner } from "./inherit.ts";
import { describeKey, findByKey, naturalKey } from "./naturalKey.ts";
import { withNotedBaseline } from "./resume.ts";
import type { Session } from "./session.ts";
import { baselineKey, baselineOf, stateFrom, takeoverBaseline } from "./state.ts";
import { withoutRemoved } from "./update.ts";
import type { Properties, Response } from "./value.ts";

/** What Twilio made by itself, and what the program wants otherwise in it. */
export interface Given {
  id: string;
  sid: string;
  state: Properties;
  wanted: Change[];
  /** Whose it is so far, for messages. */
  origin: string;
  /**
   * The state once Twilio answered an update, or with nothing to update; its baseline is what was there before.
   */
  stateAfter(answer: Response | undefined): Properties;
}

/** Finds what Twilio made with its parent or account, and claims it. Only reads. */
export async function findGiven(
  session: Session,
  definition: ResourceDefinition,
  inputs: Properties,
  parents: { [input: string]: string },
): Promise<Given> {
  const found = await find(session, definition, inputs, parents);
  const sid = definition.sid === undefined ? "" : String(found["sid"]);
  const id = formatId(definition, { parents, sid }, session.accountSid);
  session.claims.claim(definition, id, session.urn);
  const owner = await recordedOwner(session, definition, id);
  const origin = await describeOrigin(session, definition, id, owner);
  const place = { definition, parents, sid };
  if (owner) {
    const state = inherited(place, found, owner);
    const wanted = changes(definition, { state, oldInputs: owner.inputs, inputs });
    const stateAfter = (answer: Response | undefined): Properties =>
      inheritedAfter(place, answer ?? found, inputs, withoutRemoved(state, wanted));
    return { id, sid, state, wanted, origin, stateAfter };
  }
  const baseline = baselineOf(
    withNotedBaseline(session, id, { [baselineKey]: takeoverBaseline(definition, found) }),
  );
  const stateAfter = (response: Response = found): Properties =>
    stateFrom({ ...place, response, inputs, previous: {}, adopted: false, baseline });
  const state = stateAfter();
  return {
    id,
    sid,
    state,
    wanted: changes(definition, { state, oldInputs: {}, inputs }),
    origin,
    stateAfter,
  };
}

async function find(
  session: Session,
  definition: ResourceDefinition,
  inputs: Properties,
  parents: { [input: string]: string },
): Promise<Response> {
  const operations = definition.at(session.twilio, parents);
  if (definition.sid === undefined) return operations.fetch("");
  const key = naturalKey(definition, inputs);
  const [found] = key === undefined ? [] : await findByKey(definition, operations, key);
  if (found !== undefined) return found;
  throw new UserError(`there is no ${kind(definition)}${key ? ` with ${describeKey(key)}` : ""}`);
}
