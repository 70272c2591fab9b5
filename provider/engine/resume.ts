import type { Operations, ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { isGone } from "./gone.ts";
import { formatId, parseId } from "./id.ts";
import type { Begun } from "./journal.ts";
import { recover } from "./recover.ts";
import type { Session } from "./session.ts";
import { baselineKey } from "./state.ts";
import type { Properties, Response } from "./value.ts";

export interface Resumed {
  response: Response;
  /** What it was made with, as far as that is known. */
  inputs: Properties;
}

/** Finds what an earlier run made of a resource and did not get to record. Only reads. */
export async function findMade(
  session: Session,
  definition: ResourceDefinition,
  reads: Operations,
  parents: { [input: string]: string },
  inputs: Properties,
): Promise<Resumed | undefined> {
  const begun = begunOf(session, inputs);
  if (begun === undefined || definition.sid === undefined) return undefined;
  // Secrets were not noted: for them the program has to do.
  const sent = { ...secretsOf(session, inputs), ...begun.inputs };
  const response =
    begun.id === undefined
      ? await recover(session, definition, reads, {
          inputs: sent,
          parents,
          ...whenBegun(session, begun, sent),
        })
      : await fetchMade(session, definition, reads, parents, begun.id);
  if (response === undefined) return undefined;
  const id = formatId(definition, { parents, sid: String(response["sid"]) }, session.accountSid);
  if (session.claims.isClaimed(definition, id)) return undefined;
  // Another resource of the stack has it by now.
  const owners = await session.records.owners(definition, id);
  if (owners?.some(({ urn }) => urn !== session.urn)) return undefined;
  return { response, inputs: sent };
}

/** What is known of a create that an earlier run may have sent; where notes are missing, as much as the program says. */
function begunOf(
  { journal, urn }: Session,
  inputs: Properties,
): (Begun["create"] & { unseen?: true }) | undefined {
  const begun = journal?.begun(urn)?.create;
  if (begun !== undefined || journal?.lostSince === undefined) return begun;
  return { started: journal.lostSince, inputs, guessed: true, unseen: true };
}

/** How long a run may take that was cut short, in milliseconds. */
const longest = 3_600_000;

/**
 * When a create was sent, by Twilio's clock. Where nobody saw that there was nothing to take over, or that it was sent at
 * all, what was there before must not count as made: it would be deleted with the stack.
 */
function whenBegun(
  session: Session,
  { started, guessed, unseen }: { started: number; guessed?: true; unseen?: true },
  inputs: Properties,
): { started: number; within?: number } {
  if (!guessed) return { started };
  const ahead = session.serverTime() - Date.now();
  return { started: started + ahead, ...((unseen || inputs["adopt"] === true) && { within: longest }) };
}

async function fetchMade(
  session: Session,
  definition: ResourceDefinition,
  reads: Operations,
  parents: { [input: string]: string },
  id: string,
): Promise<Response | undefined> {
  const { parents: madeIn, sid } = parseId(definition, id, session.accountSid);
  if (Object.entries(parents).some(([name, parent]) => madeIn[name] !== parent)) return undefined;
  try {
    return await reads.fetch(sid);
  } catch (error) {
    if (error instanceof TwilioError && isGone(definition, error)) return undefined;
    throw error;
  }
}

/** The state of something taken over, with the baseline that an earlier run noted before it changed it. */
export function withNotedBaseline(session: Session, id: string, state: Properties): Properties {
  const begun = session.journal?.begun(session.urn)?.takeOver;
  if (begun === undefined || begun.id !== id) return state;
  const now = state[baselineKey] as Properties | undefined;
  return { ...state, [baselineKey]: { ...now, ...begun.baseline } };
}

/** Notes what is there before it is changed. */
export function noteTakeOver(session: Session, id: string, state: Properties): void {
  const baseline = (state[baselineKey] ?? {}) as Properties;
  const hidden = session.secretInputs ?? [];
  const shown = Object.fromEntries(
    Object.entries(baseline).filter(
      ([name]) => !hidden.some((secret) => name === secret || name.startsWith(`${secret}.`)),
    ),
  );
  session.journal?.begin(session.urn, { step: "takeOver", id, baseline: shown });
}

/** Notes that a create is about to be sent. */
export function noteCreate(session: Session, inputs: Properties, started: number): void {
  const shown = { ...inputs };
  for (const name of session.secretInputs ?? []) delete shown[name];
  session.journal?.begin(session.urn, { step: "create", started, inputs: shown });
}

function secretsOf(session: Session, inputs: Properties): Properties {
  return Object.fromEntries(
    (session.secretInputs ?? []).flatMap((name) =>
      inputs[name] === undefined ? [] : [[name, inputs[name]]],
    ),
  );
}
