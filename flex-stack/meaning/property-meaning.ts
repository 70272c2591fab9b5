import { differences, type Difference } from "../values/difference.ts";
import { keyOf } from "../values/property-path.ts";
import { isUnknown, valueText } from "../values/property-value.ts";
import { changed, type Statement } from "./statement.ts";
import type { Surroundings } from "./surroundings.ts";

/** Two values told path by path: JSON by its parts, lists by what came and went, never as raw text. */
export function valuesMeaning(before: unknown, after: unknown, surroundings: Surroundings): Statement[] {
  return differences([], before, after).map((difference) => differenceMeaning(difference, surroundings));
}

/** One difference in a sentence. */
export function differenceMeaning(
  { path, kind, before, after }: Difference,
  surroundings: Surroundings,
): Statement {
  const key = keyOf(path);
  const [from, to] = excerpts(shown(before, key, surroundings), shown(after, key, surroundings));
  return changed(
    [],
    path,
    kind === "add" ? undefined : { before: from },
    kind === "delete" ? undefined : { after: to },
  );
}

/** A value in one line; a SID of the stack as the name of what it stands for. */
function shown(value: unknown, key: string, surroundings: Surroundings): string {
  const text = valueText(value, Number.POSITIVE_INFINITY, key);
  if (typeof value !== "string" || isUnknown(value)) return text;
  return surroundings.describe(value) ?? text;
}

/** Characters of a value that are shown; a change further in is shown with what stands around it. */
const maxValue = 160;
const context = 30;

/** Two long values cut to where they differ, so that the difference is in sight. */
export function excerpts(before: string, after: string): [string, string] {
  if (before.length <= maxValue && after.length <= maxValue) return [before, after];
  const [from, to] = [[...before], [...after]];
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  const skipped = Math.max(0, start - context);
  return [excerpt(from, skipped), excerpt(to, skipped)];
}

/** A long text cut at its end. */
export function shortened(text: string): string {
  return excerpt([...text], 0);
}

function excerpt(letters: readonly string[], skipped: number): string {
  const rest = letters.slice(skipped);
  const head = skipped > 0 ? "…" : "";
  const cut = rest.length > maxValue ? `${rest.slice(0, maxValue - 1).join("")}…` : rest.join("");
  return `${head}${cut}`;
}
