import { isSecretKey, withoutCredentials } from "../../config/credential.ts";
import { secretSignature, signatureKey, unknownTexts } from "../../provider/marks.ts";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: unknown): boolean {
  return isObject(value) && value[signatureKey] === secretSignature;
}

export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && unknownTexts.has(value);
}

/** An object or list written as JSON text (a workflow configuration, attributes), parsed; else as it is. */
export function parsedJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/**
 * A value in one short line. Secrets never show, nor do credentials inside texts.
 *
 * @param key The name that it stands under, which may call it a secret.
 */
export function valueText(value: unknown, width = 100, key = ""): string {
  const text = inline(parsedJson(value), key);
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function inline(value: unknown, key = ""): string {
  if (isSecret(value)) return "[secret]";
  if (isUnknown(value)) return "(known after up)";
  if (value === undefined || value === null) return "(none)";
  if (hidesWhole(key, value)) return "[secret]";
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, key)).join(", ")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, item]) => `${name}: ${inline(item, name)}`);
    return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
  }
  return JSON.stringify(typeof value === "string" ? withoutCredentials(key, value) : value);
}

/** Of a document that is written as text, the parts by their names. */
function publicText(text: string, key: string): string {
  const document = parsedJson(text);
  if (typeof document === "string") return withoutCredentials(key, text);
  const shown = JSON.stringify(publicValue(document, key));
  // As it was written, where nothing is to hide.
  return shown === JSON.stringify(document) ? text : shown;
}

/** A map or number under a name that calls it a secret. */
function hidesWhole(key: string, value: unknown): boolean {
  return (isObject(value) || typeof value === "number") && !isUnknown(value) && isSecretKey(key);
}

/** Whether it is a secret, or one is inside. */
export function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

/** Whether it is not known before the update, or something inside is not. */
export function holdsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** The value with every secret inside replaced by the text `[secret]`. */
export function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}

/**
 * The value as others may read it: without secrets, and without credentials inside texts.
 *
 * @param key The name that it stands under, which may call it a secret.
 */
export function publicValue(value: unknown, key = ""): unknown {
  if (isSecret(value)) return "[secret]";
  if (typeof value === "string") return publicText(value, key);
  if (hidesWhole(key, value)) return "[secret]";
  if (Array.isArray(value)) return value.map((item) => publicValue(item, key));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, publicValue(item, name)]));
}
