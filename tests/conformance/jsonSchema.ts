import { corrections } from "./corrections.ts";
import type { Correction } from "./corrections.ts";
import { formats } from "./formats.ts";
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
  const keywords: Record<string, unknown> = {};
  // An enumeration says the type too; one problem is enough for a wrong value.
  if (schema.enum !== undefined) keywords["enum"] = schema.nullable ? [...schema.enum, null] : schema.enum;
  else if (schema.type !== undefined)
    keywords["type"] = schema.nullable ? [schema.type, "null"] : schema.type;
  // A pattern says the length too; one problem is enough for a bad SID.
  const bounds =
    schema.pattern === undefined ? (["minLength", "maxLength"] as const) : (["pattern"] as const);
  for (const keyword of [...bounds, "minimum", "maximum"] as const) {
    if (schema[keyword] !== undefined) keywords[keyword] = schema[keyword];
  }
  const uri = product === "api_v2010" ? "uri-2010" : "uri";
  if (
    keywords["type"] !== undefined &&
    schema.type === "string" &&
    schema.format !== undefined &&
    !schema["x-twilio"]?.ignoreFormat
  ) {
    if (schema.format in formats) keywords["format"] = schema.format === "uri" ? uri : schema.format;
  }
  if (schema.items !== undefined) keywords["items"] = toJsonSchema(product, schema.items, corrected);
  if (schema.format === "uri-map") {
    keywords["additionalProperties"] = { type: "string", format: uri };
  } else if (schema.format === "nullable-uri-map") {
    keywords["additionalProperties"] = { type: ["string", "null"], format: uri };
  } else if (schema.properties !== undefined) {
    const properties: Record<string, Schema> = { ...schema.properties };
    // Some of Twilio's examples still tell whether a number can fax, others no longer do.
    const optional = new Set(schema.format === "phone-number-capabilities" ? ["fax"] : []);
    for (const { property, ...correction } of corrected.filter(
      (correction) => correction.product === product && correction.schema === schema.name,
    )) {
      properties[property] = { ...properties[property], ...correction.change };
      if (correction.optional) optional.add(property);
    }
    keywords["properties"] = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        toJsonSchema(product, property, corrected),
      ]),
    );
    keywords["required"] = Object.keys(properties).filter((name) => !optional.has(name));
    keywords["additionalProperties"] = false;
  }
  return keywords;
}
