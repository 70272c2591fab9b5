import { expressionText } from "../../values/expression-text.ts";
import type { ReadFilter, ReadTarget } from "./read-workflow.ts";

/** The same thing before and after; one side is missing for what came or went. */
export type Pair<Part> =
  | { readonly before: Placed<Part>; readonly after: Placed<Part> }
  | { readonly before: Placed<Part>; readonly after?: undefined }
  | { readonly before?: undefined; readonly after: Placed<Part> };

export interface Placed<Part> {
  readonly part: Part;
  /** From 0. */
  readonly index: number;
}

/**
 * Filters before and after: the same name is the same filter; of the others, the same expression. Those that
 * are there afterwards come first, in their order.
 */
export function pairFilters(before: readonly ReadFilter[], after: readonly ReadFilter[]): Pair<ReadFilter>[] {
  const open = before.map((part, index) => ({ part, index }));
  const partners = new Map<number, Placed<ReadFilter>>();
  const pairBy = (same: (one: ReadFilter, other: ReadFilter) => boolean) => {
    after.forEach((filter, index) => {
      if (partners.has(index)) return;
      const found = open.findIndex(({ part }) => same(part, filter));
      const [partner] = found < 0 ? [] : open.splice(found, 1);
      if (partner) partners.set(index, partner);
    });
  };
  pairBy((one, other) => one.named && other.named && one.name === other.name);
  const texts = new Map([...before, ...after].map((filter) => [filter, expressionText(filter.expression)]));
  pairBy((one, other) => texts.get(one) === texts.get(other));
  return [
    ...after.map((part, index): Pair<ReadFilter> => {
      const partner = partners.get(index);
      return partner ? { before: partner, after: { part, index } } : { after: { part, index } };
    }),
    ...open.map((placed): Pair<ReadFilter> => ({ before: placed })),
  ];
}

/**
 * The targets of a filter before and after. Those to the same queue on the same condition, in the same order,
 * are the same; between them the others are paired in their order, since their queue may be what changed.
 */
export function pairTargets(before: readonly ReadTarget[], after: readonly ReadTarget[]): Pair<ReadTarget>[] {
  const key = ({ queue, expression }: ReadTarget) =>
    JSON.stringify([queue, expression === undefined ? null : expressionText(expression)]);
  const anchors = commonSequence(before.map(key), after.map(key));
  const pairs: Pair<ReadTarget>[] = [];
  let [left, right] = [0, 0];
  for (const [nextLeft, nextRight] of [...anchors, [before.length, after.length] as const]) {
    while (left < nextLeft || right < nextRight) {
      const from = left < nextLeft ? placed(before, left++) : undefined;
      const to = right < nextRight ? placed(after, right++) : undefined;
      pairs.push({ ...(from && { before: from }), ...(to && { after: to }) } as Pair<ReadTarget>);
    }
    const [from, to] = [placed(before, left++), placed(after, right++)];
    if (from && to) pairs.push({ before: from, after: to });
  }
  return pairs;
}

/** Indices of the paired filters that are not in the order they had, as few as explain the new order. */
export function movedIndices(pairs: readonly Pair<ReadFilter>[]): Set<number> {
  const kept = pairs.flatMap(({ before, after }) =>
    before && after ? [{ from: before.index, to: after.index }] : [],
  );
  const still = new Set(
    commonSequence(
      kept.map(({ to }) => to),
      [...kept].sort((one, other) => one.from - other.from).map(({ to }) => to),
    ).map(([index]) => kept[index]?.to),
  );
  return new Set(kept.map(({ to }) => to).filter((to) => !still.has(to)));
}

function placed<Part>(list: readonly Part[], index: number): Placed<Part> | undefined {
  const part = list[index];
  return part === undefined ? undefined : { part, index };
}

/** The longest sequence two lists have in common, as pairs of indices. */
function commonSequence<Key>(one: readonly Key[], other: readonly Key[]): [number, number][] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  const at = (left: number, right: number) => lengths[left]?.[right] ?? 0;
  for (let left = one.length - 1; left >= 0; left--) {
    for (let right = other.length - 1; right >= 0; right--) {
      const best =
        one[left] === other[right]
          ? at(left + 1, right + 1) + 1
          : Math.max(at(left + 1, right), at(left, right + 1));
      lengths[left]?.splice(right, 1, best);
    }
  }
  const found: [number, number][] = [];
  for (let left = 0, right = 0; left < one.length && right < other.length;) {
    if (one[left] === other[right]) found.push([left++, right++]);
    else if (at(left + 1, right) >= at(left, right + 1)) left++;
    else right++;
  }
  return found;
}
