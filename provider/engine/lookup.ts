import { fetchListed } from "./collections.ts";
import type { ResourceDefinition } from "./definition.ts";
import { TwilioError, UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { isGone } from "./gone.ts";
import { formatId, kind, parentsOf } from "./id.ts";
import { describeKey, findByKey, naturalKey } from "./naturalKey.ts";
import type { Session } from "./session.ts";
import { stateFrom } from "./state.ts";
import type { Properties, Response } from "./value.ts";

/** Gets one resource by its SID or its natural key. None, or several that match, is an error. */
export async function lookup(
  session: Session,
  definition: ResourceDefinition,
  args: Properties,
): Promise<Properties> {
  const parents = parentsOf(definition, args);
  const what = `the ${kind(definition)}`;
  try {
    const response = await findOne(session, definition, args, parents);
    const sid = definition.sid === undefined ? "" : String(response["sid"]);
    const { adopted: _, ...state } = stateFrom({
      definition,
      parents,
      sid,
      response,
      inputs: {},
      previous: {},
      adopted: false,
      baseline: {},
    });
    return { id: formatId(definition, { parents, sid }, session.accountSid), ...state };
  } catch (error) {
    throw explain(error, definition, "look up", what, session.endpoint);
  }
}

async function findOne(
  session: Session,
  definition: ResourceDefinition,
  args: Properties,
  parents: { [input: string]: string },
): Promise<Response> {
  const operations = definition.at(session.twilio, parents);
  const name = kind(definition);
  const place = Object.values(parents).length === 0 ? "this account" : Object.values(parents).join("/");
  if (definition.sid === undefined) return operations.fetch("");
  const { sid } = args;
  if (typeof sid === "string") {
    try {
      return await fetchListed(session, definition, { parents, sid });
    } catch (error) {
      if (!(error instanceof TwilioError) || !isGone(definition, error)) throw error;
      throw new UserError(`there is no ${name} ${sid} in ${place}.\nFix: check the SID and the account`);
    }
  }
  const key = naturalKey(definition, args);
  if (key === undefined) {
    const ways = ["sid", ...(definition.keys ?? []).map((one) => one.inputs.join(" and "))];
    throw new UserError(`nothing says which ${name} to get.\nFix: give ${ways.join(", or ")}`);
  }
  const { collections } = session;
  const all = collections && (() => collections.all(definition, operations, parents));
  const found = await findByKey(definition, operations, key, all);
  if (found.length === 1) return found[0]!;
  if (found.length === 0) {
    throw new UserError(
      `there is no ${name} with ${describeKey(key)} in ${place}.\nFix: check the name, or create it`,
    );
  }
  const sids = found.map((response) => String(response["sid"])).join(", ");
  throw new UserError(
    `there are ${found.length} ${name} resources with ${describeKey(key)} in ${place}: ${sids}.\nFix: give the sid of one`,
  );
}
