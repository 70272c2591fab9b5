import { differences } from "../changes/difference.ts";
import { propertyMeaning } from "./property-meaning.ts";
import { said, type Statement } from "./statement.ts";
import type { Subject } from "./subject.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * What the change of a resource means. Nothing for one that is new, gone, or differs only in how its JSON is
 * written or in the order of what has none.
 */
export function meaningOf(subject: Subject, surroundings: Surroundings): Statement[] {
  const { before, after } = subject;
  if (before === undefined || after === undefined) return [];
  return changedNames(subject).flatMap((name) => {
    const statements = propertyMeaning(subject, name, surroundings);
    const replaces = subject.replacing?.includes(name) === true;
    return replaces ? forReplacement(statements, name) : statements;
  });
}

/** Properties that differ: as the provider says, else as a comparison by meaning finds. */
export function changedNames({ changed, before = {}, after = {} }: Subject): readonly string[] {
  if (changed) return changed;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => differences([name], before[name], after[name]).length > 0);
}

/** Says with the first statement that the resource is replaced, and says it where there is none. */
function forReplacement(statements: readonly Statement[], name: string): Statement[] {
  const [first = said("change", [], [name]), ...rest] = statements;
  return [{ ...first, replaces: true, danger: true }, ...rest];
}
