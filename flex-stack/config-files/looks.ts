import { isCollection, isMap, isNode, isScalar, type Pair } from "yaml";

/**
 * Writes a new value as the one was written that it takes the place of: with what is said beside it and its entries, on one
 * line or several.
 *
 * @param names Names of entries in the old map by those in the new one, where they differ
 */
export function takeLooks(to: unknown, from: unknown, names: Readonly<Record<string, string>> = {}): void {
  if (!isNode(to) || !isNode(from)) return;
  if (typeof from.commentBefore === "string") to.commentBefore ??= from.commentBefore;
  if (typeof from.comment === "string") to.comment ??= from.comment;
  if (isCollection(to) && isCollection(from) && from.flow === true) to.flow = true;
  if (!isMap(to) || !isMap(from)) return;
  for (const { key, value } of to.items) {
    const name = nameOf(key);
    const there = from.items.find((pair: Pair) => nameOf(pair.key) === (names[name] ?? name));
    takeLooks(key, there?.key);
    takeLooks(value, there?.value);
  }
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
