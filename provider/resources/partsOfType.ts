import type { Failure } from "../engine/definition.ts";
import { isObject } from "../engine/value.ts";
import type { Value } from "../engine/value.ts";

/** What something of one type needs in a group of properties, and what else it can have there. */
export interface PartsOfType {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Says which properties of a group are missing, and which do nothing; `what` is "a webhook of type studio". */
export function checkParts(
  what: string,
  group: string,
  value: Value | undefined,
  { required, optional }: PartsOfType,
): Failure[] {
  // A value that is not known yet can't be judged; one of another kind is refused for that.
  if (value !== undefined && !isObject(value)) return [];
  const given = value ?? {};
  const allowed = [...required, ...optional];
  const missing = required
    .filter((name) => given[name] === undefined || isEmptyList(given[name]))
    .map((name) => ({ path: [group, name], reason: `is missing; ${what} needs it` }));
  const superfluous = Object.keys(given)
    .filter((name) => given[name] !== undefined && !allowed.includes(name))
    .map((name) => ({
      path: [group, name],
      reason: `does nothing in ${what}, which has ${allowed.join(", ")}; remove it`,
    }));
  return [...missing, ...superfluous];
}

const isEmptyList = (value: Value): boolean => Array.isArray(value) && value.length === 0;
