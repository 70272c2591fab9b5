import type { ResourceDefinition } from "./definition.ts";
import type { Location } from "./id.ts";
import { same } from "./leafValue.ts";
import { leaves, putAt } from "./leaves.ts";
import { isReadable, remoteValue } from "./state.ts";
import type { Properties, Response } from "./value.ts";

/**
 * The inputs that declare a resource as it is: everything that is not a default, so that the next preview has
 * nothing to do.
 *
 * @param options.live Also what changes in daily operation, such as who handles a number. @default false
 */
export function importedInputs(
  definition: ResourceDefinition,
  location: Location,
  response: Response,
  { live = false }: { live?: boolean } = {},
): Properties {
  const inputs: Properties = { ...location.parents };
  for (const leaf of leaves(definition).inputs.filter(isReadable)) {
    const remote = remoteValue(leaf, response);
    if (remote === undefined || (leaf.field.live === true && !live)) continue;
    if (leaf.field.required === true || !same(leaf.field, remote, undefined))
      putAt(inputs, leaf.path, remote);
  }
  return inputs;
}
