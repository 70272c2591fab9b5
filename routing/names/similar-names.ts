/** Most names that are worth reading as a guess. */
const most = 3;

/** Long names are alike in most of their letters anyway. */
const mostMistakes = 3;

/**
 * The names that somebody may have meant who wrote another one, the likeliest first: mistyped in up to a third of their
 * letters, or written in part. Capitals make no difference.
 */
export function similarNames(wanted: string, names: Iterable<string>): string[] {
  const typed = wanted.toLowerCase();
  const scored = [...new Set(names)].flatMap((name) => {
    const known = name.toLowerCase();
    const mistakes = distance(typed, known);
    const allowed = Math.ceil(Math.max(typed.length, known.length) / 3);
    if (mistakes <= Math.min(mostMistakes, allowed)) return [{ name, mistakes }];
    const isPart = typed.length > 1 && known.length > 1 && (known.includes(typed) || typed.includes(known));
    return isPart ? [{ name, mistakes }] : [];
  });
  return scored
    .sort((one, other) => one.mistakes - other.mistakes || (one.name < other.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** `Did you mean Billing or Sales?`; undefined where nothing is alike. */
export function didYouMean(wanted: string, names: Iterable<string>): string | undefined {
  const alike = similarNames(wanted, names);
  const last = alike.pop();
  if (last === undefined) return undefined;
  return `Did you mean ${alike.length === 0 ? last : `${alike.join(", ")} or ${last}`}?`;
}

/** Letters put in, left out, mistaken or swapped with their neighbour that make one text of the other. */
function distance(one: string, other: string): number {
  const [from, to] = [[...one], [...other]];
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? 0;
}
