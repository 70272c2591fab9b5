/** What a Pulumi program can say in an input, once secrets are unwrapped: JSON, and values not known yet. */
export type Value = null | boolean | number | string | Unknown | Value[] | { [key: string]: Value };

/** The properties of a resource: inputs or outputs, by name. */
export type Properties = { [name: string]: Value };

/** Plain JSON, as Twilio answers it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A resource as the twilio SDK shows it: camelCase keys at the top, Twilio's own snake_case below. */
export type Response = { [key: string]: Json };

/** Parameters of a request under the twilio SDK's names, for example `"notifications.newMessage.enabled"`. */
export type Params = { [name: string]: unknown };

/** A value that is only known once something else was created; previews are full of them. */
export const UNKNOWN = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** Where a value stands inside a resource: `["configuration", "task_routing", "filters", 0]`. */
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is known in full, down to its leaves. */
export function isKnown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  if (isObject(value)) return Object.values(value).every(isKnown);
  return true;
}

/** A path as Pulumi writes it: `configuration.task_routing.filters[0]["a key"]`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
