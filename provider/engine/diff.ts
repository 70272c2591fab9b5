import { changes } from "./change.ts";
import type { Change, Versions } from "./change.ts";
import type { ResourceDefinition } from "./definition.ts";
import { deepEqual } from "./deepEqual.ts";
import { naturalKey } from "./naturalKey.ts";
import { isAdopted } from "./state.ts";
import { leaves } from "./leaves.ts";
import { formatPath, isObject, UNKNOWN } from "./value.ts";
import type { Path, Value } from "./value.ts";

export type ChangeKind = "add" | "update" | "delete" | "add-replace" | "update-replace" | "delete-replace";

export interface PropertyChange {
  kind: ChangeKind;
  /** Whether old and new inputs show it, rather than the old state and the new inputs. */
  inInputs: boolean;
}

export interface Difference {
  /** By path, as Pulumi writes it. */
  properties: Map<string, PropertyChange>;
  /** Top-level properties that make the resource be replaced. */
  replaces: string[];
  deleteBeforeReplace: boolean;
  /** Outputs that stay what they are in an update. */
  stables: string[];
}

/** Beyond this many differences inside one document it is shown as one. */
const maxInside = 20;

/** What an update, or a replacement, would change. */
export function difference(
  definition: ResourceDefinition,
  versions: Versions,
  ignored: readonly string[] = [],
): Difference {
  const { state, oldInputs, inputs } = versions;
  const properties = new Map<string, PropertyChange>();
  const replaces = new Set<string>();
  for (const name of Object.keys(definition.parents)) {
    if (!deepEqual(inputs[name], state[name]) && !isIgnored([name], ignored)) {
      properties.set(name, { kind: "update-replace", inInputs: false });
      replaces.add(name);
    }
  }
  for (const change of changes(definition, versions)) {
    const replace = change.leaf.field.createOnly === true;
    for (const [path, kind] of paths(change)) {
      if (isIgnored(path, ignored)) continue;
      properties.set(formatPath(path), { kind: replace ? `${kind}-replace` : kind, inInputs: false });
      if (replace) replaces.add(change.leaf.path[0]!);
    }
  }
  if (isAdopted(state) && (oldInputs["deleteAdopted"] ?? false) !== (inputs["deleteAdopted"] ?? false)) {
    properties.set("deleteAdopted", { kind: "update", inInputs: true });
  }
  return {
    properties,
    replaces: [...replaces],
    deleteBeforeReplace: collides(definition, versions),
    stables: [
      ...(definition.sid === undefined ? [] : ["sid"]),
      ...leaves(definition).outputs.flatMap((leaf) =>
        leaf.field.stable === true && leaf.path.length === 1 ? leaf.name : [],
      ),
    ],
  };
}

type Kind = "add" | "update" | "delete";

/** Where a change shows: inside a document if both sides are one, else at its leaf. */
function paths({ leaf, from, to, removed }: Change): [Path, Kind][] {
  if (removed) return [[leaf.path, "delete"]];
  if (from === undefined) return [[leaf.path, "add"]];
  if (leaf.field.kind === "json" && isObject(from) && isObject(to)) {
    const inside = documentPaths(from, to, leaf.path);
    if (inside.length > 0 && inside.length <= maxInside) return inside;
  }
  return [[leaf.path, "update"]];
}

function documentPaths(from: Value | undefined, to: Value | undefined, path: Path): [Path, Kind][] {
  if (from === undefined) return [[path, "add"]];
  if (to === undefined) return [[path, "delete"]];
  if (to === UNKNOWN) return [[path, "update"]];
  if (isObject(from) && isObject(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => documentPaths(from[key], to[key], [...path, key]));
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const indexes = Array.from({ length: Math.max(from.length, to.length) }, (_, index) => index);
    return indexes.flatMap((index) => documentPaths(from[index], to[index], [...path, index]));
  }
  return deepEqual(from, to) ? [] : [[path, "update"]];
}

/** Whether a new resource could not stand beside the old one: they have the same unique name. */
function collides(definition: ResourceDefinition, { oldInputs, inputs }: Versions): boolean {
  const key = naturalKey(definition, inputs);
  if (key === undefined || key.key.unique === false) return false;
  const parents = key.key.accountWide === true ? [] : Object.keys(definition.parents);
  return [...parents, ...key.key.inputs].every((name) => deepEqual(inputs[name], oldInputs[name]));
}

/** Whether a path, or something around it, is among those the program asked to ignore. */
function isIgnored(path: Path, ignored: readonly string[]): boolean {
  return path.some((_, index) => {
    const part = formatPath(path.slice(0, index + 1));
    return ignored.includes(part) || ignored.includes("*");
  });
}
