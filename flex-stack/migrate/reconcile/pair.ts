import { tolerance, type Entry, type Text } from "./text.ts";

/**
 * Milliseconds that a text which is in the other world already counts as further away: of equal texts of the same moment
 * each is taken to be in one world, and of those at other times what the times say.
 */
const elsewhereCosts = 2000;

/** Most comparisons of equal texts of one time: more are paired in their order. */
const mostComparisons = 4_000_000;

/**
 * Pairs equal texts with messages within the tolerance: as many as can be, and of all ways to do that the one in which they
 * are nearest in time. By order alone a text whose message is in the other world would take the next one's.
 *
 * @param texts Oldest first.
 * @param elsewhere Texts that are in the other world.
 */
export function pair(
  texts: readonly Text[],
  entries: readonly Entry[],
  elsewhere: ReadonlySet<Text>,
  take: (text: Text, entry: Entry) => void,
): void {
  const ordered = [...entries].sort((one, other) => one.at.getTime() - other.at.getTime());
  let entriesFrom = 0;
  for (let from = 0; from < texts.length;) {
    // Texts further apart than two tolerances have no message in common.
    let to = from + 1;
    while (to < texts.length && timeOf(texts[to]) - timeOf(texts[to - 1]) <= 2 * tolerance) to += 1;
    const [earliest, latest] = [timeOf(texts[from]) - tolerance, timeOf(texts[to - 1]) + tolerance];
    while (entriesFrom < ordered.length && timeOf(ordered[entriesFrom]) < earliest) entriesFrom += 1;
    let entriesTo = entriesFrom;
    while (entriesTo < ordered.length && timeOf(ordered[entriesTo]) <= latest) entriesTo += 1;
    const [some, free] = [texts.slice(from, to), ordered.slice(entriesFrom, entriesTo)];
    if (some.length * free.length > mostComparisons) pairInOrder(some, free, take);
    else pairNearest(some, free, elsewhere, take);
    [from, entriesFrom] = [to, entriesTo];
  }
}

/** The best of the first texts and messages is the best of fewer, and the last of each paired or left out. */
function pairNearest(
  texts: readonly Text[],
  entries: readonly Entry[],
  elsewhere: ReadonlySet<Text>,
  take: (text: Text, entry: Entry) => void,
): void {
  const width = entries.length + 1;
  const costs = new Float64Array((texts.length + 1) * width);
  const distance = (row: number, column: number): number => {
    const text = texts[row];
    const apart = Math.abs(timeOf(text) - timeOf(entries[column]));
    if (text === undefined || apart > tolerance) return Infinity;
    return apart + (elsewhere.has(text) ? elsewhereCosts : 0) - aPair;
  };
  const costAt = (row: number, column: number): number => costs[row * width + column] ?? 0;
  for (let row = 1; row <= texts.length; row += 1)
    for (let column = 1; column < width; column += 1)
      costs[row * width + column] = Math.min(
        costAt(row - 1, column),
        costAt(row, column - 1),
        costAt(row - 1, column - 1) + distance(row - 1, column - 1),
      );
  for (let row = texts.length, column = entries.length; row > 0 && column > 0;) {
    const cost = costAt(row, column);
    // Of ways that are as good the earliest text is the one that was found.
    if (cost === costAt(row - 1, column)) row -= 1;
    else if (cost === costAt(row, column - 1)) column -= 1;
    else {
      const [text, entry] = [texts[(row -= 1)], entries[(column -= 1)]];
      if (text !== undefined && entry !== undefined) take(text, entry);
    }
  }
}

/** More than all distances of so many comparisons together: one more pair is better than any that are nearer. */
const aPair = mostComparisons * (tolerance + elsewhereCosts);

/** The earliest will do to pair as many as can be: all tolerances are equally long. */
function pairInOrder(
  texts: readonly Text[],
  entries: readonly Entry[],
  take: (text: Text, entry: Entry) => void,
): void {
  let next = 0;
  for (const text of texts) {
    while (timeOf(entries[next]) < timeOf(text) - tolerance) next += 1;
    const entry = entries[next];
    if (entry === undefined) return;
    if (timeOf(entry) > timeOf(text) + tolerance) continue;
    take(text, entry);
    next += 1;
  }
}

function timeOf(item: { readonly at: Date } | undefined): number {
  return item?.at.getTime() ?? NaN;
}
