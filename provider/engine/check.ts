import type { Failure, ResourceDefinition } from "./definition.ts";
import type { Field, Fields } from "./field.ts";
import { checkLeaf } from "./checkLeaf.ts";
import { isSid, kind } from "./id.ts";
import { nearest } from "./nearest.ts";
import { naturalKey } from "./naturalKey.ts";
import { quote } from "./quote.ts";
import { ownInputs } from "./ownInputs.ts";
import { isKnown, isObject, UNKNOWN } from "./value.ts";
import type { Path, Properties, Value } from "./value.ts";

/** Everything that is wrong with the inputs of a resource, each with its path and a fix. */
export function check(definition: ResourceDefinition, inputs: Properties): Failure[] {
  const fields: Fields = { ...definition.inputs, ...ownInputs(definition) };
  const parents = Object.entries(definition.parents);
  const failures = [
    ...parents.flatMap(([name, parent]) => checkParent(name, parent.prefix, inputs[name])),
    ...checkFields(
      fields,
      inputs,
      [],
      parents.map(([name]) => name),
    ),
  ];
  // Rules between inputs presume that each is sound by itself.
  if (failures.length > 0) return failures;
  return [...(definition.check?.(withoutNulls(fields, inputs)) ?? []), ...checkAdoption(definition, inputs)];
}

function checkParent(name: string, prefix: string, value: Value | undefined): Failure[] {
  if (value === UNKNOWN) return [];
  const expected = `must be a SID: ${prefix} and 32 hexadecimal digits`;
  if (value === undefined || value === null) return [{ path: [name], reason: `is missing; it ${expected}` }];
  if (typeof value === "string" && isSid(value, prefix)) return [];
  return [{ path: [name], reason: `${expected}, got ${quote(value)}` }];
}

function checkFields(fields: Fields, values: Properties, path: Path, others: readonly string[]): Failure[] {
  const known = [...Object.keys(fields), ...others];
  const strangers = Object.keys(values).filter((name) => !name.startsWith("__") && !known.includes(name));
  return [
    ...strangers.map((name) => ({ path: [...path, name], reason: strangerReason(name, known) })),
    ...Object.entries(fields).flatMap(([name, field]) => checkField(field, values[name], [...path, name])),
  ];
}

function strangerReason(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return guess === undefined
    ? `is no property of this resource; it has ${known.join(", ")}`
    : `is no property of this resource; did you mean ${guess}?`;
}

function checkField(field: Field, value: Value | undefined, path: Path): Failure[] {
  if (value === UNKNOWN) return [];
  if (value === undefined || value === null) {
    return field.required === true ? [{ path, reason: `is missing. ${field.description}` }] : [];
  }
  if (field.kind !== "object") return checkLeaf(field, value, path);
  if (isObject(value)) return checkFields(field.fields, value, path, []);
  return [{ path, reason: `must be an object with ${Object.keys(field.fields).join(", ")}` }];
}

function checkAdoption(definition: ResourceDefinition, inputs: Properties): Failure[] {
  if (inputs["adopt"] !== true || naturalKey(definition, inputs) !== undefined) return [];
  const keys = definition.keys ?? [];
  if (keys.some((key) => key.inputs.some((name) => !isKnown(inputs[name])))) return [];
  const names = keys.map((key) => key.inputs.join(" and ")).join(", or ");
  return [{ path: ["adopt"], reason: `needs to know which ${kind(definition)} to take over; give ${names}` }];
}

/** Null is how programs in other languages leave a property out. Inside documents it has a meaning. */
function withoutNulls(fields: Fields, values: Properties): Properties {
  const entries = Object.entries(values).flatMap(([name, value]): [string, Value][] => {
    if (value === null) return [];
    const field = fields[name];
    return [[name, field?.kind === "object" && isObject(value) ? withoutNulls(field.fields, value) : value]];
  });
  return Object.fromEntries(entries);
}
