/** A Pulumi property path in its parts: `filters[0].targets` is `["filters", 0, "targets"]`. */
export type PropertyPath = readonly PathPart[];

export type PathPart = string | number | NamedElement;

/** An element of a list, told by its name instead of its position; only ever written. */
export interface NamedElement {
  element: string;
}

/** Reads the notation of Pulumi's detailed diffs: `a.b[0]["c.d"]`. */
export function parsePropertyPath(text: string): (string | number)[] {
  const parts: (string | number)[] = [];
  for (const match of text.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)) {
    const [, index, quoted, name] = match;
    if (index !== undefined) parts.push(Number(index));
    else if (quoted !== undefined) parts.push(quoted.replaceAll(/\\(.)/g, "$1"));
    else if (name !== undefined) parts.push(name);
  }
  return parts;
}

/** The same notation, written. */
export function propertyPathText(path: PropertyPath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (typeof part === "object") text += `[${JSON.stringify(part.element)}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** The name that the value at a path stands under; elements of a list stand under the list's. */
export function keyOf(path: string | readonly (string | number)[]): string {
  const parts = typeof path === "string" ? parsePropertyPath(path) : path;
  return parts.findLast((part) => typeof part === "string") ?? "";
}

/** What stands at a path, `undefined` where nothing does. */
export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
