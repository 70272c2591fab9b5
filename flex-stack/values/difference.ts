import { isObject, isSecret, isUnknown, parsedJson, type JsonObject } from "./property-value.ts";
import { propertyPathText, type PropertyPath } from "./property-path.ts";

/** One property, at its deepest path that differs. */
export interface Difference {
  /** Such as `configuration.task_routing.filters["Billing"].targets[0].timeout`. */
  path: string;
  kind: "add" | "delete" | "update";
  before: unknown;
  after: unknown;
}

/** Fields by which the elements of a list are told apart, the most telling first. */
const identityFields = [
  "filter_friendly_name",
  "uniqueName",
  "unique_name",
  "friendlyName",
  "name",
  "event",
  "sid",
];

/**
 * What differs between two values, told by leaf: objects by key, JSON text by
 * its meaning, lists of named objects by name, other lists by what was added
 * and removed.
 */
export function differences(path: PropertyPath, before: unknown, after: unknown): Difference[] {
  const from = parsedJson(before);
  const to = parsedJson(after);
  if (sameValue(from, to)) return [];
  if (isPlainObject(from) && isPlainObject(to)) return objectDifferences(path, from, to);
  if (Array.isArray(from) && Array.isArray(to)) return listDifferences(path, from, to);
  const kind = from === undefined ? "add" : to === undefined ? "delete" : "update";
  return [{ path: propertyPathText(path), kind, before: from, after: to }];
}

function isPlainObject(value: unknown): value is JsonObject {
  return isObject(value) && !isSecret(value);
}

function objectDifferences(
  path: PropertyPath,
  from: JsonObject,
  to: JsonObject,
  isList = false,
): Difference[] {
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) =>
    differences([...path, isList ? { element: key } : key], from[key], to[key]),
  );
}

function listDifferences(path: PropertyPath, from: unknown[], to: unknown[]): Difference[] {
  const identity = identityFields.find((field) => identifies(field, from) && identifies(field, to));
  if (identity) {
    const named = objectDifferences(path, byIdentity(identity, from), byIdentity(identity, to), true);
    if (named.length > 0) return named;
    return [
      {
        path: propertyPathText(path),
        kind: "update",
        before: names(identity, from),
        after: names(identity, to),
      },
    ];
  }
  if (from.some(isPlainObject) || to.some(isPlainObject)) {
    return Array.from({ length: Math.max(from.length, to.length) }).flatMap((_, index) =>
      differences([...path, index], from[index], to[index]),
    );
  }
  const removed = without(from, to);
  const added = without(to, from);
  if (removed.length === 0 && added.length === 0) {
    return [{ path: propertyPathText(path), kind: "update", before: from, after: to }];
  }
  const text = propertyPathText(path);
  return [
    ...removed.map((item): Difference => ({ path: text, kind: "delete", before: item, after: undefined })),
    ...added.map((item): Difference => ({ path: text, kind: "add", before: undefined, after: item })),
  ];
}

/** Whether every element is an object with a text of its own in this field. */
function identifies(field: string, list: unknown[]): boolean {
  const seen = new Set<unknown>();
  for (const item of list) {
    const value = isPlainObject(item) ? item[field] : undefined;
    if (typeof value !== "string" || isUnknown(value) || seen.has(value)) return false;
    seen.add(value);
  }
  return true;
}

function byIdentity(field: string, list: unknown[]): JsonObject {
  return Object.fromEntries(list.map((item) => [String(Reflect.get(Object(item), field)), item]));
}

function names(field: string, list: unknown[]): unknown[] {
  return list.map((item) => Reflect.get(Object(item), field) as unknown);
}

/** The elements of one list that the other lacks, counting repeats. */
function without(list: unknown[], other: unknown[]): unknown[] {
  const left = other.map((item) => JSON.stringify(item));
  return list.filter((item) => {
    const index = left.indexOf(JSON.stringify(item));
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}

function sameValue(from: unknown, to: unknown): boolean {
  if (from === to) return true;
  if (Array.isArray(from) && Array.isArray(to)) {
    return from.length === to.length && from.every((item, index) => sameValue(item, to[index]));
  }
  if (!isObject(from) || !isObject(to)) return false;
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].every((key) => sameValue(from[key], to[key]));
}
