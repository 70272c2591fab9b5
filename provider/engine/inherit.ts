import type { ResourceDefinition } from "./definition.ts";
import type { Location } from "./id.ts";
import type { Owner } from "./records.ts";
import type { Session } from "./session.ts";
import { baselineOf, choicesOf, isAdopted, stateFrom } from "./state.ts";
import { inOwnNames } from "./twins.ts";
import { nameOf } from "./urn.ts";
import type { Properties, Response } from "./value.ts";

/**
 * The resource of this stack that an object is already, whose past goes on under the new name: whether the stack made
 * it, and what was there before. One that says that the stack made it comes first.
 */
export async function recordedOwner(
  session: Session,
  definition: ResourceDefinition,
  id: string,
): Promise<Owner | undefined> {
  const owners = (await session.records.owners(definition, id)) ?? [];
  const owner = owners.find(({ state }) => !isAdopted(state)) ?? owners[0];
  return owner && inOwnNames(definition, owner);
}

/**
 * Whose an object is that is taken over: ` from "returns", whose deletion leaves it
 * in place,` where it has another name in the stack, `, which stack
 * "staging" records too` where it is new to this one.
 */
export async function describeOrigin(
  session: Session,
  definition: ResourceDefinition,
  id: string,
  owner: Owner | undefined,
): Promise<string> {
  // Pulumi's own preview shows that name as deleted, and asks the provider nothing about it.
  if (owner !== undefined)
    return owner.urn === session.urn
      ? ""
      : ` from "${nameOf(owner.urn)}", whose deletion leaves it in place,`;
  const { stacks } = await session.records.elsewhere(definition, id);
  const news = stacks.filter((name) => session.claims.isNews(name));
  if (news.length > 0) {
    session.log(
      "warning",
      `${stacksRecord(news)} what this stack takes over, in the same backend and account. Both would then change it, ` +
        "and neither deletes what the other records. Fix: take it over in one, and only look it up in the other; or " +
        "go on, if one is to follow the other",
    );
  }
  return stacks.length === 0 ? "" : `, which ${stacksRecord(stacks)} too,`;
}

/** Says whose an object was that is imported. */
export async function noteImport(
  session: Session,
  definition: ResourceDefinition,
  id: string,
): Promise<void> {
  const owner = await recordedOwner(session, definition, id);
  const origin = await describeOrigin(session, definition, id, owner);
  if (origin !== "") session.log("info", `imported ${id}${origin}`.replace(/,$/, ""));
}

/** `stack "staging" records`, `stacks "staging" and "prod" record`. */
export function stacksRecord(stacks: readonly string[]): string {
  const names = stacks.map((name) => `"${name}"`);
  return names.length === 1
    ? `stack ${names[0]} records`
    : `stacks ${names.slice(0, -1).join(", ")} and ${names.at(-1)} record`;
}

interface Place extends Location {
  definition: ResourceDefinition;
}

/** What a resource that gets another name is now: its recorded state, with what Twilio answered last. */
export function inherited(place: Place, response: Response, { state, inputs }: Owner): Properties {
  return stateFrom({
    ...place,
    response,
    inputs,
    previous: state,
    adopted: isAdopted(state),
    baseline: baselineOf(state),
  });
}

/** Its state once it is what the new name says. */
export function inheritedAfter(
  place: Place,
  response: Response,
  inputs: Properties,
  previous: Properties,
): Properties {
  return stateFrom({
    ...place,
    response,
    inputs,
    previous,
    adopted: isAdopted(previous),
    baseline: choicesOf(place.definition, response, inputs, baselineOf(previous)),
  });
}
