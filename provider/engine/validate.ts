import type { Failure, ResourceDefinition } from "./definition.ts";
import { deepEqual } from "./deepEqual.ts";
import { TwilioError } from "./errors.ts";
import type { Session } from "./session.ts";
import { isKnown } from "./value.ts";
import type { Properties } from "./value.ts";

/**
 * Has Twilio judge the inputs, where the definition knows how and they changed. Whatever keeps Twilio
 * from judging is no failure: the update itself will tell.
 */
export async function validate(
  definition: ResourceDefinition,
  oldInputs: Properties,
  inputs: Properties,
  open: () => Promise<Session>,
): Promise<readonly Failure[]> {
  const { validate: validation } = definition;
  if (validation === undefined) return [];
  const { needs } = validation;
  const given = needs.every((name) => inputs[name] !== undefined && isKnown(inputs[name]));
  if (!given || needs.every((name) => deepEqual(inputs[name], oldInputs[name]))) return [];
  const session = await open();
  try {
    return await validation.run(session.twilio, inputs);
  } catch (error) {
    const reason = error instanceof TwilioError || error instanceof Error ? error.message : String(error);
    session.log("debug", `not validated by Twilio: ${reason}`);
    return [];
  }
}
