import { changes } from "./change.ts";
import type { Change } from "./change.ts";
import type { OnDelete, Operations, ResourceDefinition } from "./definition.ts";
import { TwilioError, UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { isGone } from "./gone.ts";
import { formatId } from "./id.ts";
import type { Location } from "./id.ts";
import { stacksRecord } from "./inherit.ts";
import type { Session } from "./session.ts";
import { baselineOf, isAdopted } from "./state.ts";
import { noted, sendUpdate } from "./update.ts";
import { nameOf } from "./urn.ts";
import type { Properties } from "./value.ts";

export interface RemoveRequest {
  location: Location;
  state: Properties;
  inputs: Properties;
  what: string;
}

/**
 * Deletes a resource, or what its definition does instead; never what another resource still stands for. One that is
 * gone already is no error.
 */
export async function remove(
  session: Session,
  definition: ResourceDefinition,
  request: RemoveRequest,
): Promise<void> {
  const { location, state, inputs, what } = request;
  const id = formatId(definition, location, session.accountSid);
  const recorded = await session.records.owners(definition, id);
  const { owners, failed } = session.claims.release(definition, id, session.urn, recorded);
  const shown = location.sid || id;
  if (owners.length > 0) {
    session.log("info", `left ${shown} in place: ${stillNeeded(session, definition, id, owners)}`);
    return;
  }
  try {
    if (failed !== undefined) refuseLoss(shown, failed);
    // Any of its names may say that the stack made it.
    const wasThere = isAdopted(state) && (recorded ?? []).every((owner) => isAdopted(owner.state));
    if (wasThere && inputs["deleteAdopted"] !== true) {
      session.log(
        "info",
        `left ${shown} in place: it was there before. Set deleteAdopted: true to delete such`,
      );
      return;
    }
    const way = await wayOf(session, definition, request);
    if (typeof way === "object" && "forget" in way) {
      session.log(way.warn === true ? "warning" : "info", `left in place: ${way.forget}`);
      return;
    }
    if (recorded === undefined) requireRecords(session, shown);
    const reason = await neededElsewhere(session, definition, id, wasThere || way === "restore");
    if (reason !== undefined) {
      session.log("warning", `left ${shown} in place: ${reason}`);
      return;
    }
    const operations = definition.at(session.twilio, location.parents);
    await noted(session, async () => {
      if (way === "restore") await restore(session, definition, operations, request);
      else if (typeof way === "object") await way.send();
      else await operations.remove!(location.sid);
    });
  } catch (error) {
    if (error instanceof TwilioError && isGone(definition, error)) {
      session.log("info", `${location.sid} was gone already`);
      return;
    }
    session.claims.keep(definition, id, session.urn);
    throw explain(error, definition, "delete", what, session.endpoint);
  }
}

/** Which resource of the stack an object still is. */
function stillNeeded(
  session: Session,
  definition: ResourceDefinition,
  id: string,
  owners: readonly string[],
): string {
  const claimed = session.claims.nowOf(definition, id);
  const others = owners.filter((owner) => owner !== session.urn);
  const owner = others.find((one) => one === claimed) ?? others[0];
  if (owner === undefined) return `it is "${nameOf(session.urn)}" again`;
  const place = nameOf(owner) === nameOf(session.urn) ? ", in another place of the program," : "";
  return `it is "${nameOf(owner)}"${place} now`;
}

/** Deleting what another resource should have become in this run would lose it. */
function refuseLoss(shown: string, failed: string): never {
  throw new UserError(
    `${shown} is to be "${nameOf(failed)}", which could not take it over.\nFix: what keeps that from it, and run it again`,
  );
}

/** Where the state can't be read, another resource of it may be the same object: then nobody knows who is the last. */
function requireRecords({ records: { unread } }: Session, shown: string): void {
  if (unread === undefined) return;
  throw new UserError(
    `${shown} stays: what else this stack records of it can't be read (${unread}).
` + "Fix: run it again once the state can be read; PATH has to lead to pulumi",
  );
}

/**
 * Why an object has to stay for another stack. Where another stack's state can't be read, which is said, what this
 * stack made goes all the same; what was there before it stays.
 */
async function neededElsewhere(
  session: Session,
  definition: ResourceDefinition,
  id: string,
  wasThere: boolean,
): Promise<string | undefined> {
  const { stacks, unread } = await session.records.elsewhere(definition, id);
  if (stacks.length > 0) return `${stacksRecord(stacks)} it, too`;
  if (unread.length === 0) return undefined;
  return wasThere ? "it was there before, and may be another stack's" : undefined;
}

async function wayOf(
  session: Session,
  definition: ResourceDefinition,
  request: RemoveRequest,
): Promise<OnDelete> {
  const { onDelete = "remove" } = definition;
  if (typeof onDelete !== "function") return onDelete;
  return onDelete({
    twilio: session.twilio,
    ...request.location,
    inputs: request.inputs,
    async goesToo(other, id) {
      if (session.destroys !== true) return false;
      const owners = (await session.records.owners(other, id)) ?? [];
      return owners.some(({ state }) => !isAdopted(state));
    },
    async recorded(other, id) {
      return ((await session.records.owners(other, id)) ?? []).map(({ inputs }) => inputs);
    },
  });
}

/**
 * Sends back what was there when the resource was taken over, of what the program set; what was not there is cleared, as
 * far as Twilio can do that. Where Twilio refuses one of it, because what it names is gone, the rest goes back all the same.
 */
async function restore(
  session: Session,
  definition: ResourceDefinition,
  operations: Operations,
  { location, state, inputs }: RemoveRequest,
): Promise<void> {
  const baseline = baselineOf(state);
  const wanted = changes(definition, { state, oldInputs: inputs, inputs: {} }).filter(({ leaf }) =>
    Object.hasOwn(baseline, leaf.name),
  );
  const send = (some: readonly Change[]): Promise<unknown> =>
    sendUpdate(definition, operations, location.sid, {}, some);
  try {
    await send(wanted);
  } catch (error) {
    if (wanted.length < 2 || !isRefusal(error)) throw error;
    // Is it the resource itself that is gone?
    await operations.fetch(location.sid);
    for (const change of wanted) {
      await send([change]).catch((reason: unknown) => {
        if (!isRefusal(reason)) throw reason;
        session.log(
          "warning",
          `${change.leaf.name} stays as it is: Twilio refuses what it was before (${reason.message})`,
        );
      });
    }
  }
}

function isRefusal(error: unknown): error is TwilioError {
  return error instanceof TwilioError && (error.status === 400 || error.status === 404);
}
