/** Any JSON value, as Twilio keeps it in Task and Worker attributes. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object: the attributes of a Task or a Worker, or what an expression is evaluated against. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON value that is neither an array nor an object. */
export type Scalar = null | boolean | number | string;

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== "object";
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
