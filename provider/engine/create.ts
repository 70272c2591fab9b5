import { adopt, describeChanges } from "./adopt.ts";
import { changes } from "./change.ts";
import type { Change } from "./change.ts";
import { deepEqual } from "./deepEqual.ts";
import type { Operations, ResourceDefinition } from "./definition.ts";
import { ConnectionError, TwilioError, UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { findGiven } from "./given.ts";
import { formatId, kind, parentsOf } from "./id.ts";
import { recordedOwner } from "./inherit.ts";
import { leaves } from "./leaves.ts";
import { describeKey, findByKey, naturalKey } from "./naturalKey.ts";
import { createParams } from "./params.ts";
import { recover } from "./recover.ts";
import { findMade, noteCreate, noteTakeOver } from "./resume.ts";
import type { Session } from "./session.ts";
import { baselineOf, choicesOf, isReadable, stateFrom } from "./state.ts";
import { sendUpdate } from "./update.ts";
import type { Properties, Response, Value } from "./value.ts";

export interface CreateRequest {
  inputs: Properties;
  /** What to call the resource in messages. */
  what: string;
}

export interface Created {
  id: string;
  state: Properties;
}

/** A resource exists, but is not yet what the program says. */
export class HalfMade extends Error {
  readonly created: Created;

  constructor(created: Created, reason: Error) {
    super(reason.message, { cause: reason });
    this.name = "HalfMade";
    this.created = created;
  }
}

/** Makes a resource, or takes over the one that is there, and returns its id and state. */
export async function create(
  session: Session,
  definition: ResourceDefinition,
  request: CreateRequest,
): Promise<Created> {
  const { inputs } = request;
  const parents = parentsOf(definition, inputs);
  const operations = definition.at(session.twilio, parents);
  if (definition.life === "given" && operations.create === undefined) {
    return takeOver(session, definition, request, operations, parents);
  }
  const made = await findMade(session, definition, operations, parents, inputs).catch((error: unknown) => {
    throw explain(error, definition, "create", request.what, session.endpoint);
  });
  if (made !== undefined) {
    session.log(
      "info",
      `${String(made.response["sid"])} was made by a run that was cut short, and found again`,
    );
    return complete(session, definition, request, operations, parents, made.response, made.inputs);
  }
  if (inputs["adopt"] === true) {
    const adopted = await adopt(session, definition, { ...request, parents });
    if (adopted !== undefined) return adopted;
  }
  let response: Response;
  try {
    response = await make(session, definition, inputs, parents);
  } catch (error) {
    throw await explainCreate(session, error, definition, request, operations);
  }
  return complete(session, definition, request, operations, parents, response);
}

/** Sends the create, and finds out what became of it when its answer is lost. */
async function make(
  session: Session,
  definition: ResourceDefinition,
  inputs: Properties,
  parents: { [input: string]: string },
): Promise<Response> {
  const params = createParams(definition, inputs);
  // What is always there is only updated by its create: sending that twice does no harm.
  const given = definition.life === "given";
  const operations = definition.at(given ? session.twilio : session.twilioOnce, parents);
  const started = session.serverTime();
  if (!given) noteCreate(session, inputs, started);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await operations.create!(params);
    } catch (error) {
      if (given) throw error;
      if (!isLost(error)) {
        if (hadNoEffect(error)) session.journal?.end(session.urn, { step: "refused" });
        throw error;
      }
      const reads = definition.at(session.twilio, parents);
      const found = await recover(session, definition, reads, { inputs, parents, started });
      if (found !== undefined) return found;
      if (attempt >= session.maxRetries) throw error;
      await session.pause(attempt);
    }
  }
}

/** Server errors that say that nothing was made: not implemented, and no room to store it. */
const refusals: ReadonlySet<number | undefined> = new Set([501, 507]);

/** Whether an error leaves open what became of the request. */
function isLost(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.sent;
  return error instanceof TwilioError && (error.status ?? 0) >= 500 && !refusals.has(error.status);
}

/** Whether it is certain that a request changed nothing: it was refused, or never sent. */
function hadNoEffect(error: unknown): boolean {
  return error instanceof TwilioError || (error instanceof ConnectionError && !error.sent);
}

/** Applies what Twilio takes in updates only. A failure leaves a resource that the next update completes. */
async function complete(
  session: Session,
  definition: ResourceDefinition,
  { inputs, what }: CreateRequest,
  operations: Operations,
  parents: { [input: string]: string },
  response: Response,
  /** What it was made with. */
  sent: Properties = inputs,
): Promise<Created> {
  const sid = definition.sid === undefined ? "" : String(response["sid"]);
  const id = formatId(definition, { parents, sid }, session.accountSid);
  // What Twilio always has may be another resource of this stack by a former name.
  const owner = definition.life === "given" ? await recordedOwner(session, definition, id) : undefined;
  if (definition.life === "given") session.claims.take(definition, id, session.urn);
  else session.claims.made(definition, id, session.urn);
  session.journal?.end(session.urn, { step: "made", id });
  const stateAfter = (answer: Response, applied: Properties): Properties =>
    stateFrom({
      definition,
      parents,
      sid,
      response: answer,
      inputs: applied,
      previous: creationDefaults(definition),
      adopted: false,
      baseline: choicesOf(definition, answer, inputs, owner && baselineOf(owner.state)),
    });
  const state = stateAfter(response, sent);
  const isAsMade = deepEqual(sent, inputs);
  const wanted = changes(definition, { state, oldInputs: isAsMade ? {} : sent, inputs });
  const fixed = isAsMade ? [] : wanted.filter(({ leaf }) => leaf.field.createOnly === true);
  if (fixed.length > 0) throw new HalfMade({ id, state }, madeOtherwise(sid, fixed));
  const rest = wanted.filter(({ leaf }) => !isAsMade || leaf.field.updateOnly === true);
  try {
    const answer = await sendUpdate(definition, operations, sid, inputs, rest);
    return { id, state: answer === undefined ? state : stateAfter(answer, inputs) };
  } catch (error) {
    throw new HalfMade(
      { id, state },
      explain(error, definition, "update", `${what} (just created as ${sid})`, session.endpoint),
    );
  }
}

/** What a run made that was cut short is recorded as it is, so that the next one replaces it like any other. */
function madeOtherwise(sid: string, fixed: readonly Change[]): UserError {
  const names = fixed.map(({ leaf }) => leaf.name).join(", ");
  return new UserError(
    `${sid} was made by a run that was cut short, with another ${names} than the program says now, and is recorded as it is.\n` +
      "Fix: run it again, and it is replaced",
  );
}

/** What a new resource was created with where the program said nothing and Twilio never tells. */
function creationDefaults(definition: ResourceDefinition): Properties {
  return Object.fromEntries(
    leaves(definition)
      .inputs.filter((leaf) => !isReadable(leaf) && leaf.field.createOnly === true)
      .flatMap(({ name, field }) => (field.default === undefined ? [] : [[name, field.default as Value]])),
  );
}

/** Takes over what Twilio makes by itself: remembers what is there, then updates it. */
async function takeOver(
  session: Session,
  definition: ResourceDefinition,
  { inputs, what }: CreateRequest,
  operations: Operations,
  parents: { [input: string]: string },
): Promise<Created> {
  try {
    const { sid, id, state, origin, wanted, stateAfter } = await findGiven(
      session,
      definition,
      inputs,
      parents,
    );
    session.claims.take(definition, id, session.urn);
    const send = async (): Promise<Response | undefined> => {
      if (wanted.length > 0) noteTakeOver(session, id, state);
      return sendUpdate(definition, operations, sid, inputs, wanted);
    };
    const answer = await send().catch((error: unknown) => {
      session.claims.fail(definition, id, session.urn);
      throw error;
    });
    if (origin !== "")
      session.log("info", `took over what is there${origin}${describeChanges("changed", wanted)}`);
    return { id, state: stateAfter(answer) };
  } catch (error) {
    throw explain(error, definition, "update", what, session.endpoint);
  }
}

/** Adds to a refusal that names something which exists how to take that over. */
async function explainCreate(
  session: Session,
  error: unknown,
  definition: ResourceDefinition,
  { inputs, what }: CreateRequest,
  operations: Operations,
): Promise<Error> {
  const explained = explain(error, definition, "create", what, session.endpoint);
  const key = naturalKey(definition, inputs);
  if (!(error instanceof TwilioError) || key === undefined || !isConflict(definition, error))
    return explained;
  const [found] = await findByKey(definition, operations, key).catch(() => []);
  const id =
    found === undefined
      ? "its id"
      : formatId(definition, { parents: parentsOf(definition, inputs), sid: String(found["sid"]) }, "");
  const taken =
    `Fix: a ${kind(definition)} with ${describeKey(key)} exists${found ? ` (${id})` : ""}. Set adopt: true to take it ` +
    `over, or import it: pulumi import ${definition.token} <name> ${id}`;
  return new UserError(`${explained.message.replace(/\nFix: .*/, "")}\n${taken}`, { cause: error });
}

function isConflict(definition: ResourceDefinition, error: TwilioError): boolean {
  return (
    error.status === 409 ||
    definition.conflict?.(error) === true ||
    (error.status === 400 &&
      /already (exists|in use)|same friendly name|must be unique|not unique/i.test(error.message))
  );
}
