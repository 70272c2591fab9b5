import { checkLeaf } from "./checkLeaf.ts";
import type { Failure, ResourceDefinition } from "./definition.ts";
import type { Field } from "./field.ts";
import { sid } from "./field.ts";
import { nearest } from "./nearest.ts";
import { UNKNOWN } from "./value.ts";
import type { Properties } from "./value.ts";

/** Everything that is wrong with the arguments of a look-up function. */
export function checkLookup(definition: ResourceDefinition, args: Properties): Failure[] {
  const parents = Object.entries(definition.parents);
  const keys = (definition.keys ?? []).flatMap((key) => key.inputs);
  const fields: [string, Field][] = [
    ...parents.map(([name, { prefix, description }]): [string, Field] => [
      name,
      sid(description, prefix, { required: true }),
    ]),
    ...(definition.sid === undefined ? [] : [["sid", sid("SID", definition.sid)] as [string, Field]]),
    ...keys.map((name): [string, Field] => [name, definition.inputs[name]!]),
  ];
  const known = fields.map(([name]) => name);
  const strangers = Object.keys(args).filter((name) => !known.includes(name));
  return [
    ...strangers.map((name) => {
      const guess = nearest(name, known);
      return {
        path: [name],
        reason: `is no argument; ${guess ? `did you mean ${guess}?` : `there are ${known.join(", ")}`}`,
      };
    }),
    ...fields.flatMap(([name, field]) => {
      const value = args[name];
      if (value === UNKNOWN || field.kind === "object") return [];
      if (value !== undefined && value !== null) return checkLeaf(field, value, [name]);
      return name in definition.parents ? [{ path: [name], reason: `is missing. ${field.description}` }] : [];
    }),
  ];
}
