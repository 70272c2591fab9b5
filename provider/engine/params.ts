import type { Change } from "./change.ts";
import { leaves, valueAt } from "./leaves.ts";
import type { ResourceDefinition } from "./definition.ts";
import { toParam } from "./leafValue.ts";
import type { Params, Properties } from "./value.ts";

/** Parameters of a create: everything that is set and that Twilio takes at creation. */
export function createParams(definition: ResourceDefinition, inputs: Properties): Params {
  const params: Params = {};
  for (const { path, param, field } of leaves(definition).inputs) {
    const value = valueAt(inputs, path);
    if (value !== undefined && field.local !== true && field.updateOnly !== true) {
      params[param] = toParam(field, value);
    }
  }
  return params;
}

/**
 * Parameters of an update: the changes, what Twilio wants in every update, and instructions that belong
 * to one of the changes. Nothing where nothing changes.
 */
export function updateParams(
  definition: ResourceDefinition,
  inputs: Properties,
  changes: readonly Change[],
): Params | undefined {
  if (changes.length === 0) return undefined;
  const params: Params = {};
  for (const { leaf, to } of changes) params[leaf.param] = toParam(leaf.field, to);
  const changed = new Set(changes.map(({ leaf }) => leaf.path[0]!));
  for (const { path, param, field } of leaves(definition).inputs) {
    const value = valueAt(inputs, path);
    const goesWith = field.always === true || field.instructionFor?.some((name) => changed.has(name));
    if (goesWith === true && value !== undefined && !Object.hasOwn(params, param)) {
      params[param] = toParam(field, value);
    }
  }
  return params;
}
