import { parsed } from "../engine/leafValue.ts";
import { baselineKey } from "../engine/state.ts";
import { isObject, UNKNOWN } from "../engine/value.ts";
import type { Path, Properties, Value } from "../engine/value.ts";
import { outputSignature, secretSignature, signatureKey, unknownText, unknownTexts } from "../marks.ts";

/** Properties as the engine of this provider works with them, and which parts of them are secret. */
export interface Decoded {
  properties: Properties;
  secrets: Path[];
}

/** Properties as Pulumi writes them, what is no plain data as marked objects. */
export type WireProperties = { [name: string]: Wire };

/** Unwraps properties from Pulumi: secrets noted by path, unknown values as UNKNOWN. */
export function decodeWire(wire: WireProperties): Decoded {
  const secrets: Path[] = [];
  const properties: Properties = {};
  for (const [name, value] of Object.entries(wire)) {
    const decoded = unwrap(value, [name], secrets);
    if (decoded !== undefined) properties[name] = decoded;
  }
  return { properties, secrets };
}

/**
 * Wraps properties for Pulumi. What is secret is secret at the same path; where the path leads nowhere,
 * the nearest thing around it is. The baseline is, too: what was there before may be the same secret.
 */
export function encodeWire({ properties, secrets }: Decoded): WireProperties {
  const wire = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, wrap(value)]));
  // Inner secrets first: a wrapped outer one no longer has the path.
  const deepestFirst = [...secrets, ...(secrets.length > 0 ? [[baselineKey]] : [])].sort(
    (a, b) => b.length - a.length,
  );
  for (const path of deepestFirst) markSecret(wire, path);
  return wire;
}

/** The secrets of a state that the new inputs say nothing about: what is left of them stays secret. */
export function remainingSecrets(state: Decoded, inputs: Decoded): Path[] {
  return state.secrets.filter((path) => at(inputs.properties, path) === undefined);
}

/** The texts among the secret values, plain and quoted, longest first: they must not show in messages. */
export function secretTexts({ properties, secrets }: Decoded): string[] {
  const plain = secrets.flatMap((path) => textsIn(at(properties, path)));
  const texts = [...new Set([...plain, ...plain.map((text) => JSON.stringify(text).slice(1, -1))])];
  return texts.filter((text) => text.length >= 4).sort((a, b) => b.length - a.length);
}

export type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire };

function unwrap(value: Wire, path: Path, secrets: Path[]): Value | undefined {
  if (typeof value === "string") return unknownTexts.has(value) ? UNKNOWN : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => unwrap(item, [...path, index], secrets) ?? null);
  }
  const signature = value[signatureKey];
  if (signature === secretSignature) {
    secrets.push(path);
    return unwrap(value["value"] ?? null, path, secrets);
  }
  if (signature === outputSignature) {
    if (value["secret"] === true) secrets.push(path);
    return Object.hasOwn(value, "value") ? unwrap(value["value"] ?? null, path, secrets) : UNKNOWN;
  }
  const entries = Object.entries(value).map(
    ([key, item]) => [key, unwrap(item, [...path, key], secrets) ?? null] as const,
  );
  return Object.fromEntries(entries);
}

function wrap(value: Value): Wire {
  if (value === UNKNOWN) return unknownText;
  if (Array.isArray(value)) return value.map(wrap);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrap(item)]));
  }
  return value;
}

function markSecret(wire: { [name: string]: Wire }, path: Path): void {
  let holder: Container = wire;
  for (const [index, part] of path.entries()) {
    const value: Wire | undefined = (holder as { [key: string]: Wire })[part];
    if (value === undefined) return;
    const last = index === path.length - 1;
    const inner: Container | undefined = isContainer(value) && !isSecret(value) ? value : undefined;
    const next = path[index + 1];
    if (!last && inner !== undefined && next !== undefined && Object.hasOwn(inner, next)) {
      holder = inner;
      continue;
    }
    // The end of the path, or of what there is of it.
    if (!isSecret(value)) {
      (holder as { [key: string]: Wire })[part] = { [signatureKey]: secretSignature, value };
    }
    return;
  }
}

type Container = { [key: string]: Wire } | Wire[];

function isContainer(value: Wire): value is Container {
  return typeof value === "object" && value !== null;
}

function isSecret(value: Wire): boolean {
  return isContainer(value) && !Array.isArray(value) && value[signatureKey] === secretSignature;
}

function at(root: Value, path: Path): Value | undefined {
  let value: Value | undefined = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as { [key: string]: Value })[part];
  }
  return value;
}

function textsIn(value: Value | undefined): string[] {
  if (typeof value === "string") {
    const document = parsed(value);
    return typeof document === "object" ? [value, ...textsIn(document)] : [value];
  }
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
