/** A text among the properties of a resource. */
export interface Leaf {
  /** Where: `definition.states[2].properties.url`. */
  path: string;
  /** The property that holds it; of a list, the list's. */
  key: string;
  text: string;
}

/** Every known text of a value, also in JSON that it holds as text. */
export function leavesOf(value: unknown, path = "", key = ""): Leaf[] {
  if (typeof value === "string") {
    const json = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    return json === undefined ? [{ path, key, text: value }] : leavesOf(json, path, key);
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    leavesOf(child, path === "" ? name : `${path}.${name}`, name),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
