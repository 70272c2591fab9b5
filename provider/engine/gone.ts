import type { ResourceDefinition } from "./definition.ts";
import type { TwilioError } from "./errors.ts";

/** Whether an error means that a resource, or what it lived in, is not there. */
export function isGone(definition: ResourceDefinition, error: TwilioError): boolean {
  return error.status === 404 || definition.gone?.(error) === true;
}
