import type { Block, Document, Item } from "./document.ts";

export interface Fit {
  /** Bytes. */
  readonly limit: number;
  /** How to see all of it. */
  readonly elsewhere?: string;
  render(document: Document): string;
}

/** What can be left out, the least missed first. */
const sacrifices = ["details", "rows", "items"] as const;
type Sacrifice = (typeof sacrifices)[number];

/** How many of each stay. */
type Room = Readonly<Record<Sacrifice, number>>;

/**
 * The document as text within a limit. What is too much goes from the end: folded details first, then rows of
 * tables, then items of lists; the text ends with what was left out and where to see it.
 */
export function fitted(document: Document, fit: Fit): string {
  const whole = fit.render(document);
  if (size(whole) <= fit.limit) return whole;
  const all = counts(document);
  let room: Room = all;
  for (const sacrifice of sacrifices) {
    const text = (kept: number) => fit.render(cut(document, { ...room, [sacrifice]: kept }, all, fit));
    let [low, high] = [0, all[sacrifice]];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (size(text(middle)) <= fit.limit) low = middle;
      else high = middle - 1;
    }
    const best = text(low);
    if (size(best) <= fit.limit) return best;
    room = { ...room, [sacrifice]: 0 };
  }
  return fit.render({
    ...document,
    title: [...document.title].slice(0, 200).join(""),
    blocks: [notice(["everything"], fit)],
  });
}

function size(text: string): number {
  return Buffer.byteLength(text);
}

function counts(document: Document): Room {
  const found = { details: 0, rows: 0, items: 0 };
  walk(document.blocks, {
    block: (block) => {
      if (block.kind === "details") found.details++;
      return block;
    },
    row: () => (found.rows++, true),
    item: () => (found.items++, true),
  });
  return found;
}

/** The document with the first of each kind only, and a notice of what is missing. */
function cut(document: Document, room: Room, all: Room, fit: Fit): Document {
  const seen = { details: 0, rows: 0, items: 0 };
  const blocks = walk(document.blocks, {
    block: (block) => (block.kind === "details" && ++seen.details > room.details ? undefined : block),
    row: () => ++seen.rows <= room.rows,
    item: () => ++seen.items <= room.items,
  });
  const words: Readonly<Record<Sacrifice, [string, string]>> = {
    details: ["folded part", "folded parts"],
    rows: ["row", "rows"],
    items: ["line", "lines"],
  };
  const missing = sacrifices.flatMap((sacrifice) => {
    const count = all[sacrifice] - room[sacrifice];
    return count > 0
      ? [`${count} of ${all[sacrifice]} ${words[sacrifice][all[sacrifice] === 1 ? 0 : 1]}`]
      : [];
  });
  return { ...document, blocks: [...blocks, notice(missing, fit)] };
}

function notice(missing: readonly string[], { elsewhere }: Fit): Block {
  const where = elsewhere === undefined ? [] : [" See all of it: ", { code: elsewhere }];
  return {
    kind: "paragraph",
    tone: "warning",
    text: [`Cut to what fits here: ${missing.join(", ")} left out.`, ...where],
  };
}

interface Visitor {
  /** Undefined drops it. */
  block(block: Block): Block | undefined;
  row(): boolean;
  item(): boolean;
}

/** A copy of the blocks without what the visitor drops; what is dropped is not looked into. */
function walk(blocks: readonly Block[], visitor: Visitor): Block[] {
  return blocks.flatMap((each): Block[] => {
    const block = visitor.block(each);
    if (!block) return [];
    switch (block.kind) {
      case "section":
      case "details":
        return [{ ...block, blocks: walk(block.blocks, visitor) }];
      case "table":
        return [{ ...block, rows: block.rows.filter(() => visitor.row()) }];
      case "list":
        return [{ ...block, items: walkItems(block.items, visitor) }];
      case "paragraph":
      case "lines":
      case "routing":
      case "way":
        return [block];
    }
  });
}

function walkItems(items: readonly Item[], visitor: Visitor): Item[] {
  return items.flatMap((item) =>
    visitor.item() ? [{ ...item, ...(item.items ? { items: walkItems(item.items, visitor) } : {}) }] : [],
  );
}
