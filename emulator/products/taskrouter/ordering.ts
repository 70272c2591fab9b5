import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Compare } from "../../kernel/resource.ts";

/**
 * Reads a list's `Ordering` parameter, e.g. `DateUpdated:desc` or `Priority:desc,DateCreated:asc`; ascending when no
 * direction is given. Equal ones stay in order of creation.
 *
 * @throws TwilioError when it names what the list can't be ordered by
 */
export function orderBy<F extends object>(
  given: string,
  keys: Readonly<Record<string, (document: Document<F>) => number>>,
): Compare<F> | undefined {
  if (given === "") return undefined;
  const terms = given.split(",").map((term) => {
    const [name = "", direction = "asc"] = term.trim().split(":");
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    const sign = { asc: 1, desc: -1 }[direction.toLowerCase()];
    if (key === undefined || sign === undefined) {
      const allowed = Object.keys(keys).map((each) => `${each}:asc or ${each}:desc`);
      throw invalid(`Ordering must be ${allowed.join(", ")}, got ${JSON.stringify(given.slice(0, 64))}`);
    }
    return (a: Document<F>, b: Document<F>): number => sign * (key(a) - key(b));
  });
  return (a, b) => {
    for (const compare of terms) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return a.seq - b.seq;
  };
}
