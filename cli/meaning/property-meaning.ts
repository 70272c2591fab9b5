import { differences, type Difference } from "../changes/difference.ts";
import { isUnknown, valueText } from "../changes/property-value.ts";
import { changed, type Phrase, type Statement } from "./statement.ts";
import type { Subject } from "./subject.ts";
import type { Surroundings } from "./surroundings.ts";

/** A property told path by path: JSON by its parts, lists by what came and went, never as raw text. */
export function propertyMeaning(subject: Subject, name: string, surroundings: Surroundings): Statement[] {
  const from = subject.before?.[name];
  const to = subject.after?.[name];
  const found = differences([name], from, to);
  // Values that look alike still differ when the provider says so: secrets, for one.
  const told: Difference[] =
    found.length > 0 || !subject.changed ? found : [{ path: name, kind: "update", before: from, after: to }];
  return told.map(({ path, kind, before, after }) =>
    changed(
      [],
      path,
      kind === "add" ? undefined : { before: shown(before, surroundings) },
      kind === "delete" ? undefined : { after: shown(after, surroundings) },
    ),
  );
}

/** A value in one line; a SID of the stack with the name of what it stands for. */
function shown(value: unknown, surroundings: Surroundings): string {
  const text = valueText(value, 200);
  if (typeof value !== "string" || isUnknown(value)) return text;
  const name = surroundings.nameOf(value);
  return name === value ? text : `${name} (${value})`;
}

/** A value as a phrase of its own. */
export function valuePhrase(value: unknown): Phrase {
  return { code: valueText(value, 200) };
}
