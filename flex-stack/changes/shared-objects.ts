import type { ResourceChange } from "./resource-change.ts";

/** What a stack takes over although other stacks of its backend record it, in the same account. */
export interface SharedObjects {
  /** Names of the other stacks. */
  stacks: readonly string[];
  /** By type, in the order of the plan. */
  resources: readonly Pick<ResourceChange, "name" | "type">[];
}

/** What the provider says of such an object before it takes it over, or imports it. */
const note = /^(?:takes over|imported) .*?, which stacks? (".+?") records? too(?:,|$)/;

/** The objects of a plan that other stacks record; by which stacks they are. */
export function sharedObjects(
  changes: readonly Pick<ResourceChange, "name" | "type" | "notes">[],
): SharedObjects[] {
  const found = new Map<string, { stacks: string[]; resources: Pick<ResourceChange, "name" | "type">[] }>();
  for (const { name, type, notes } of changes) {
    const stacks = notes.map((text) => note.exec(text)?.[1]).find((text) => text !== undefined);
    if (stacks === undefined) continue;
    const group = found.get(stacks) ?? {
      stacks: [...stacks.matchAll(/"(.+?)"/g)].map(([, one]) => one!),
      resources: [],
    };
    group.resources.push({ name, type });
    found.set(stacks, group);
  }
  return [...found.values()];
}

/** Beyond this many of one kind, they are counted. */
const mostNames = 3;

/** `1 Workspace (shop), 9 Activity`: a stack can share everything an account has. */
export function sharedText({ resources }: SharedObjects): string {
  const kinds = new Map<string, string[]>();
  for (const { name, type } of resources) {
    const kind = type.split(":").at(-1) ?? type;
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  return [...kinds]
    .map(
      ([kind, names]) => `${names.length} ${kind}${names.length > mostNames ? "" : ` (${names.join(", ")})`}`,
    )
    .join(", ");
}
