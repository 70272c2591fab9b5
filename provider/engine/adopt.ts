import { changes } from "./change.ts";
import type { Change } from "./change.ts";
import type { ResourceDefinition } from "./definition.ts";
import { UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { formatId, kind } from "./id.ts";
import { describeOrigin, inherited, inheritedAfter, recordedOwner } from "./inherit.ts";
import { describeKey, findByKey, naturalKey } from "./naturalKey.ts";
import { withoutSecrets } from "./quote.ts";
import { noteTakeOver, withNotedBaseline } from "./resume.ts";
import type { Session } from "./session.ts";
import { baselineOf, isReadable, stateFrom, takeoverBaseline } from "./state.ts";
import { sendUpdate, withoutRemoved } from "./update.ts";
import { isKnown, UNKNOWN } from "./value.ts";
import type { Properties, Response, Value } from "./value.ts";

export interface AdoptRequest {
  inputs: Properties;
  parents: { [input: string]: string };
  what: string;
}

/** A resource that is there already, and what the program wants otherwise in it. */
export interface Candidate {
  id: string;
  sid: string;
  state: Properties;
  wanted: Change[];
  /** Whose it is so far, for messages. */
  origin: string;
  /** The state once Twilio answered an update, or with nothing to update. */
  stateAfter(answer: Response | undefined): Properties;
}

/** Takes over the resource that has the program's natural key. Nothing when there is none. */
export async function adopt(
  session: Session,
  definition: ResourceDefinition,
  request: AdoptRequest,
): Promise<{ id: string; state: Properties } | undefined> {
  const { inputs, parents, what } = request;
  try {
    const candidate = await findCandidate(session, definition, request);
    if (candidate === undefined) return undefined;
    const { id, sid, wanted, origin } = candidate;
    session.claims.take(definition, id, session.urn);
    const operations = definition.at(session.twilio, parents);
    const send = async (): Promise<Response | undefined> => {
      if (wanted.length > 0) noteTakeOver(session, id, candidate.state);
      return sendUpdate(definition, operations, sid, inputs, wanted);
    };
    const answer = await send().catch((error: unknown) => {
      session.claims.fail(definition, id, session.urn);
      throw error;
    });
    session.log("info", `took over ${sid}${origin}${describeChanges("changed", wanted)}`);
    return { id, state: candidate.stateAfter(answer) };
  } catch (error) {
    throw explain(error, definition, "take over", what, session.endpoint);
  }
}

/** Finds what would be taken over, and says so. Only reads. */
export async function previewAdopt(
  session: Session,
  definition: ResourceDefinition,
  request: AdoptRequest,
): Promise<Candidate | undefined> {
  try {
    const candidate = await findCandidate(session, definition, request);
    if (candidate !== undefined) {
      const { sid, origin, wanted } = candidate;
      session.log("info", `takes over ${sid}${origin}${describeChanges("would change", wanted)}`);
    }
    return candidate;
  } catch (error) {
    throw explain(error, definition, "take over", request.what, session.endpoint);
  }
}

async function findCandidate(
  session: Session,
  definition: ResourceDefinition,
  request: AdoptRequest,
): Promise<Candidate | undefined> {
  const { inputs, parents } = request;
  const key = naturalKey(definition, inputs);
  if (key === undefined) return undefined;
  const operations = definition.at(session.twilio, parents);
  const idOf = (response: Response): string =>
    formatId(definition, { parents, sid: String(response["sid"]) }, session.accountSid);
  const { collections } = session;
  const all = collections && (() => collections.all(definition, operations, parents));
  const found = (await findByKey(definition, operations, key, all)).filter(
    (response) => !session.claims.isReplaced(definition, idOf(response)),
  );
  if (found.length > 1) {
    throw new UserError(
      `there are ${found.length} ${kind(definition)} resources with ${describeKey(key)}: ` +
        `${found.map(idOf).join(", ")}.\nFix: import the one you mean (pulumi import ${definition.token} <name> <id>) ` +
        "instead of adopt, or rename the others",
    );
  }
  const [response] = found;
  if (response === undefined) return undefined;
  const id = idOf(response);
  session.claims.claim(definition, id, session.urn);
  const sid = String(response["sid"]);
  const owner = await recordedOwner(session, definition, id);
  const place = { definition, parents, sid };
  const state = owner
    ? inherited(place, response, owner)
    : withNotedBaseline(session, id, adoptedState(definition, request, response));
  const wanted = changes(definition, { state, oldInputs: owner?.inputs ?? {}, inputs });
  try {
    refuseReplacement(wanted, id);
  } catch (error) {
    session.claims.fail(definition, id, session.urn);
    throw error;
  }
  return {
    id,
    sid,
    state,
    wanted: wanted.filter(({ leaf }) => leaf.field.createOnly !== true),
    origin: await describeOrigin(session, definition, id, owner),
    stateAfter(answer) {
      if (owner) {
        const previous = withoutRemoved(state, wanted);
        return inheritedAfter(place, answer ?? response, readableOnly(definition, inputs), previous);
      }
      return answer === undefined ? state : adoptedState(definition, request, answer, state);
    },
  };
}

/** The state of an adopted resource: its baseline is what was there before, also after changes. */
function adoptedState(
  definition: ResourceDefinition,
  { inputs, parents }: AdoptRequest,
  response: Response,
  before?: Properties,
): Properties {
  return stateFrom({
    definition,
    parents,
    sid: String(response["sid"]),
    response,
    inputs: readableOnly(definition, inputs),
    previous: {},
    adopted: true,
    baseline: before === undefined ? takeoverBaseline(definition, response) : baselineOf(before),
  });
}

/** Adoption sends no write-only value that only creation takes, so the state must not claim it. */
function readableOnly(definition: ResourceDefinition, inputs: Properties): Properties {
  const rest = { ...inputs };
  for (const leaf of creationOnly(definition)) delete rest[leaf];
  return rest;
}

function creationOnly(definition: ResourceDefinition): string[] {
  return Object.entries(definition.inputs).flatMap(([name, field]) =>
    field.kind !== "object" && field.createOnly === true && field.writeOnly === true ? [name] : [],
  );
}

/** Throws when changes would need another resource in place of the one that was there before. */
export function refuseReplacement(wanted: readonly Change[], id: string): void {
  const fixed = wanted.filter(
    ({ leaf, to }) => leaf.field.createOnly === true && isKnown(to) && isReadable(leaf),
  );
  if (fixed.length === 0) return;
  const list = fixed.map(({ leaf, from, to }) => `${leaf.name} is ${show(from)}, not ${show(to)}`).join("; ");
  throw new UserError(
    `${id} can't become what the program says, and adoption never replaces: ${list}.\n` +
      "Fix: give the values it has, or another name so that a new one is created",
  );
}

/** ` as it is`, or what changes in it, for messages. */
export function describeChanges(verb: string, wanted: readonly Change[]): string {
  if (wanted.length === 0) return " as it is";
  const list = wanted.map(({ leaf, from, to }) =>
    leaf.field.secret === true || leaf.field.kind === "json"
      ? leaf.name
      : `${leaf.name} from ${show(from)} to ${show(to)}`,
  );
  return ` and ${verb} ${list.join(", ")}`;
}

function show(value: Value | undefined): string {
  if (value === undefined) return "unset";
  if (value === UNKNOWN) return "a value not known yet";
  return JSON.stringify(withoutSecrets(value), (_, item: unknown) => (item === UNKNOWN ? "…" : item));
}
