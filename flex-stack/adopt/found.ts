import type { Twilio } from "twilio";
import {
  formatId,
  importedInputs,
  type Properties,
  type ResourceDefinition,
  type Response,
} from "../../provider/access.ts";
import { resources } from "../../provider/resources/index.ts";
import { doubleQuoted } from "./literal.ts";
import { withhold } from "./withheld.ts";

/** One resource of an account, seen as the provider declares it. */
export interface Found {
  readonly definition: ResourceDefinition;
  /** SIDs of what it is in, by the input that takes them. */
  readonly parents: Readonly<Record<string, string>>;
  /** Its own; "" for what there is one of in an account or a parent. */
  readonly sid: string;
  /** What `pulumi import` takes. */
  readonly id: string;
  /** As Twilio answered, in the SDK's names. */
  readonly response: Response;
  /** What declares it as it is. */
  readonly inputs: Properties;
  /** Properties that are not in `inputs` because they hold credentials: what they hold, by dotted name. */
  readonly withheld: ReadonlyMap<string, string>;
  /** As people know it: its name or number. */
  readonly name: string;
}

/** Where resources of one kind are. */
export interface Place {
  readonly client: Twilio;
  readonly accountSid: string;
  readonly token: string;
  readonly parents?: Readonly<Record<string, string>>;
}

const definitions = new Map<string, ResourceDefinition>(
  resources.map((definition) => [definition.token, definition]),
);

/** The declaration of a kind, by its token. */
export function definitionOf(token: string): ResourceDefinition {
  const definition = definitions.get(token);
  if (definition === undefined) throw new Error(`The provider has no ${token}.`);
  return definition;
}

/** Every resource of a kind, page by page; `pageSize` is the most that Twilio gives at once. */
export async function findAll(place: Place, pageSize: number): Promise<Found[]> {
  const definition = definitionOf(place.token);
  const list = definition.at(place.client, place.parents ?? {}).list;
  const responses = (await list?.({ pageSize })) ?? [];
  return responses.map((response) => found(place, definition, response));
}

/** One resource by its SID; "" for what there is one of. @throws TwilioError */
export async function findOne(place: Place, sid: string): Promise<Found> {
  const definition = definitionOf(place.token);
  const response = await definition.at(place.client, place.parents ?? {}).fetch(sid);
  return found(place, definition, response);
}

/** Twilio's answer about a resource, seen as one of a kind. */
export function found(
  { accountSid, parents = {} }: Pick<Place, "accountSid" | "parents">,
  definition: ResourceDefinition,
  response: Response,
): Found {
  const sid = definition.sid === undefined ? "" : textOf(response, "sid");
  const location = { parents: { ...parents }, sid };
  const inputs = without(
    idle[definition.token],
    importedInputs(definition, location, response, { live: true }),
  );
  return {
    definition,
    parents,
    sid,
    id: formatId(definition, location, accountSid),
    response,
    withheld: withhold(definition, inputs),
    inputs,
    name:
      ["friendlyName", "uniqueName", "phoneNumber", "address", "sid"]
        .map((property) => textOf(response, property))
        .find((text) => text !== "") ?? definition.token.split(":").at(-1)!,
  };
}

/** Inputs that say nothing a program has to say, with the value for which that holds where it is one only. */
const idle: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  // A number in the pool is declared by its number, and not by its SID as well.
  "twilio:proxy:PhoneNumber": { phoneNumberSid: undefined },
  // Without an emergency address a number can't be anything else.
  "twilio:api:IncomingPhoneNumber": { emergencyStatus: "Inactive" },
};

function without(names: (typeof idle)[string] = {}, inputs: Properties): Properties {
  const kept = Object.entries(inputs).filter(
    ([name, value]) => !(Object.hasOwn(names, name) && (names[name] ?? value) === value),
  );
  return Object.fromEntries(kept);
}

/** A property of an answer as text; "" where it is not there or no text. */
export function textOf(response: Response, property: string): string {
  const value = response[property];
  return typeof value === "string" ? value : "";
}

/** `taskrouter.TaskQueue` */
export function typeOf({ definition }: Found): string {
  return definition.token.replace(/^twilio:/, "").replaceAll(":", ".");
}

/** `TaskQueue` of `twilio:taskrouter:TaskQueue` */
export function kindOf({ definition }: Found): string {
  return definition.token.split(":").at(-1) ?? definition.token;
}

/** `taskrouter.TaskQueue "Billing" (WS…/WQ…)`, on one line whatever the name is. */
export function describe(resource: Found): string {
  return `${typeOf(resource)} ${doubleQuoted(resource.name)} (${resource.id})`;
}
