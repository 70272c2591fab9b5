import { corrections } from "./corrections.ts";
import type { Correction } from "./corrections.ts";
import { formats } from "./formats.ts";
import { linkNames } from "./linkNames.ts";
import type { Product, Schema } from "./openapi.ts";

/** A JSON Schema as ajv takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of an answer's body. It is stricter than the document's words: Twilio sends every property it
 * documents and no other, so each is required and none may be added, unless a correction says otherwise.
 */
export function toJsonSchema(
  product: Product,
  schema: Schema,
  corrected: readonly Correction[] = corrections,
): JsonSchema {
  return {
    ...valueKeywords(product, schema),
    ...(schema.items === undefined ? {} : { items: toJsonSchema(product, schema.items, corrected) }),
    ...(schema.properties === undefined ? {} : objectKeywords(product, schema, corrected)),
  };
}

function valueKeywords(product: Product, schema: Schema): Record<string, unknown> {
  const { type, nullable, pattern, minLength, maxLength, minimum, maximum } = schema;
  // An enumeration says the type too, a pattern the length: one problem is enough for a wrong value.
  if (schema.enum !== undefined) return { enum: nullable ? [...schema.enum, null] : schema.enum };
  const keywords: Record<string, unknown> = { type: type !== undefined && nullable ? [type, "null"] : type };
  Object.assign(keywords, pattern === undefined ? { minLength, maxLength } : { pattern }, {
    minimum,
    maximum,
  });
  const { format = "", "x-twilio": extension } = schema;
  if (type === "string" && format in formats && !extension?.ignoreFormat) {
    keywords["format"] = format === "uri" && product === "api_v2010" ? "uri-2010" : format;
  }
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
}

function objectKeywords(
  product: Product,
  schema: Schema,
  corrected: readonly Correction[],
): Record<string, unknown> {
  const properties: Record<string, Schema> = { ...schema.properties };
  const isLinks = schema.format === "uri-map";
  // Some of Twilio's examples still tell whether a number can fax, others no longer do.
  const optional = new Set(schema.format === "phone-number-capabilities" ? ["fax"] : []);
  for (const correction of corrected) {
    if (correction.product !== product || correction.schema !== schema.name) continue;
    const { property, change } = correction;
    properties[property] = { ...properties[property], ...change };
    if (correction.optional) optional.add(property);
  }
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        toJsonSchema(product, withLinks(product, schema, name, property), corrected),
      ]),
    ),
    required: (isLinks ? (schema.required ?? []) : Object.keys(properties)).filter(
      (name) => !optional.has(name),
    ),
    additionalProperties: false,
  };
}

/** Gives a map of links the properties that Twilio's examples show, and a name for corrections: `….links`. */
function withLinks(product: Product, parent: Schema, name: string, property: Schema): Schema {
  if (property.format !== "uri-map" || parent.name === undefined) return property;
  const names = [...(linkNames(product, parent.name, name) ?? [])];
  if (names.length === 0) return property;
  return {
    ...property,
    name: `${parent.name}.${name}`,
    properties: Object.fromEntries(names.map(([link]) => [link, { type: "string", format: "uri" }])),
    required: names.filter(([, isAlwaysThere]) => isAlwaysThere).map(([link]) => link),
  };
}
