import type { ResourceDefinition } from "./definition.ts";
import type { Properties } from "./value.ts";

/** Where one resource is: the SIDs of its parents and its own, "" where it has none. */
export interface Location {
  parents: { [input: string]: string };
  sid: string;
}

/** What an id of a resource looks like: `WS…/WQ…`. */
export function idPattern(definition: ResourceDefinition): string {
  const prefixes = Object.values(definition.parents).map((parent) => parent.prefix);
  if (definition.sid !== undefined) prefixes.push(definition.sid);
  return prefixes.length === 0 ? "AC…" : prefixes.map((prefix) => `${prefix}…`).join("/");
}

/** The Pulumi id of a resource: the account's SID for what an account has one of. */
export function formatId(definition: ResourceDefinition, location: Location, accountSid: string): string {
  const parts = Object.keys(definition.parents).map((name) => location.parents[name] ?? "");
  if (definition.sid !== undefined) parts.push(location.sid);
  return parts.length === 0 ? accountSid : parts.join("/");
}

/** The parents' SIDs among the inputs, or in the state. */
export function parentsOf(definition: ResourceDefinition, values: Properties): { [input: string]: string } {
  return Object.fromEntries(Object.keys(definition.parents).map((name) => [name, String(values[name])]));
}

/** Reads a Pulumi id. Throws an error that says what was expected. */
export function parseId(definition: ResourceDefinition, id: string, accountSid: string): Location {
  const names = Object.keys(definition.parents);
  const prefixes = Object.values(definition.parents).map((parent) => parent.prefix);
  if (definition.sid !== undefined) prefixes.push(definition.sid);
  if (prefixes.length === 0) {
    if (id === accountSid) return { parents: {}, sid: "" };
    throw new Error(
      `"${id}" is no id of a ${kind(definition)}: an account has one, whose id is the account's SID, ${accountSid}`,
    );
  }
  const parts = id.split("/");
  const fits =
    parts.length === prefixes.length && parts.every((part, index) => isSid(part, prefixes[index]!));
  if (!fits) {
    throw new Error(
      `"${id}" is no id of a ${kind(definition)}: expected ${idPattern(definition)}, ` +
        (prefixes.length === 1 ? "a SID: " : 'SIDs of what it is in and of it, joined by "/", each ') +
        "a prefix and 32 hexadecimal digits",
    );
  }
  return {
    parents: Object.fromEntries(names.map((name, index) => [name, parts[index]!])),
    sid: definition.sid === undefined ? "" : parts[parts.length - 1]!,
  };
}

export function isSid(value: string, prefix: string): boolean {
  return value.length === 34 && value.startsWith(prefix) && /^[0-9a-f]{32}$/i.test(value.slice(2));
}

/** `TaskQueue` of `twilio:taskrouter:TaskQueue`. */
export function kind(definition: ResourceDefinition): string {
  return definition.token.split(":")[2]!;
}
