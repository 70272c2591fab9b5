import { refuseReplacement } from "./adopt.ts";
import { changes } from "./change.ts";
import type { Change, Versions } from "./change.ts";
import type { NaturalKey, ResourceDefinition } from "./definition.ts";
import { deepEqual } from "./deepEqual.ts";
import { formatId, parentsOf } from "./id.ts";
import { leaves, valueAt } from "./leaves.ts";
import { naturalKey } from "./naturalKey.ts";
import { isAdopted } from "./state.ts";
import { formatPath, isObject, UNKNOWN } from "./value.ts";
import type { Path, Properties, Value } from "./value.ts";

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
  const wanted = changes(definition, versions);
  const key = sharedKey(definition, versions);
  // The new one could only be the old one again, which stays where it is.
  if (isAdopted(state) && key !== undefined) refuseReplacement(wanted, idIn(definition, state));
  for (const change of wanted) {
    const replace = change.leaf.field.createOnly === true;
    for (const [path, kind] of paths(change, inputs)) {
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
    // The new one can't stand beside the old one: they have the same unique name.
    deleteBeforeReplace: key !== undefined && key.unique !== false,
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
function paths({ leaf, from, to, removed }: Change, inputs: Properties): [Path, Kind][] {
  if (removed) return [[leaf.path, "delete"]];
  if (to === UNKNOWN) {
    // Of a group that is not known yet, no leaf is.
    const depth = leaf.path.findIndex(
      (_, index) => valueAt(inputs, leaf.path.slice(0, index + 1)) === UNKNOWN,
    );
    return [
      [
        leaf.path.slice(0, depth + 1),
        from === undefined && depth === leaf.path.length - 1 ? "add" : "update",
      ],
    ];
  }
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

/** The key that names both what was declared and what is declared now, if it is the same. */
function sharedKey(definition: ResourceDefinition, { oldInputs, inputs }: Versions): NaturalKey | undefined {
  const key = naturalKey(definition, inputs)?.key;
  if (key === undefined) return undefined;
  const parents = key.accountWide === true ? [] : Object.keys(definition.parents);
  const isShared = [...parents, ...key.inputs].every((name) => deepEqual(inputs[name], oldInputs[name]));
  return isShared ? key : undefined;
}

function idIn(definition: ResourceDefinition, state: Properties): string {
  return formatId(definition, { parents: parentsOf(definition, state), sid: String(state["sid"]) }, "");
}

/** Whether a path, or something around it, is among those the program asked to ignore. */
function isIgnored(path: Path, ignored: readonly string[]): boolean {
  return path.some((_, index) => {
    const part = formatPath(path.slice(0, index + 1));
    return ignored.includes(part) || ignored.includes("*");
  });
}
