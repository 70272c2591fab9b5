import { pair } from "./pair.ts";
import { tolerance, type Entry, type Gap, type Text } from "./text.ts";

/** Which text is which message of one world. */
export interface Matches {
  readonly entries: ReadonlyMap<Text, Entry>;
  /** Texts that may be messages that were removed. */
  readonly gaps: ReadonlyMap<Text, Gap>;
  /** Messages beyond the first that say that they are the same text. */
  readonly again: readonly Entry[];
}

/**
 * Finds which texts are which messages of one world, one to one: by SID where it is known, then by author, body, files and
 * time, each text with the message that is nearest. Twilio gives no SID of the text with a message, and whoever sends
 * "ok" three times must be found three times. What is left is compared less strictly: Proxy and Conversations carry files
 * in ways of their own, and a body can be taken out of the log.
 *
 * @param texts Oldest first.
 * @param entries Of one world.
 * @param elsewhere Texts that are in the other world: of equal ones of the same moment the others are these.
 */
export function match(
  texts: readonly Text[],
  entries: readonly Entry[],
  gaps: readonly Gap[] = [],
  elsewhere: ReadonlySet<Text> = new Set(),
): Matches {
  const found = new Map<Text, Entry>();
  const again: Entry[] = [];
  const bySid = new Map(texts.map((text) => [text.sid, text]));
  for (const entry of entries) {
    const text = entry.textSid === undefined ? undefined : bySid.get(entry.textSid);
    if (text === undefined) continue;
    if (found.has(text)) again.push(entry);
    else found.set(text, entry);
  }
  const rounds: readonly (readonly [of: (text: Text) => string | undefined, as: (entry: Entry) => string])[] =
    [
      [
        ({ from, body, media }) => key(from, body, media > 0),
        ({ author, body, hasMedia }) => key(author, body, hasMedia),
      ],
      [({ from, body }) => key(from, body), ({ author, body }) => key(author, body)],
      [({ from, body, media }) => (body === "" && media === 0 ? from : undefined), ({ author }) => author],
    ];
  // A message that names a text is no other one.
  const unnamed = entries.filter(({ textSid }) => textSid === undefined);
  const used = new Set<Entry>();
  for (const [of, as] of rounds) {
    const left = grouped(
      texts.filter((text) => !found.has(text)),
      of,
    );
    const free = grouped(
      unnamed.filter((entry) => !used.has(entry)),
      as,
    );
    for (const [name, some] of left)
      pair(some, free.get(name) ?? [], elsewhere, (text, entry) => {
        found.set(text, entry);
        used.add(entry);
      });
  }
  return { entries: found, gaps: fill(texts, found, gaps), again };
}

/** One text for each message that was removed at about its time. */
function fill(
  texts: readonly Text[],
  found: ReadonlyMap<Text, Entry>,
  gaps: readonly Gap[],
): ReadonlyMap<Text, Gap> {
  const filled = new Map<Text, Gap>();
  for (const gap of [...gaps].sort((one, other) => one.before.getTime() - other.before.getTime())) {
    const [from, to] = [gap.after.getTime() - tolerance, gap.before.getTime() + tolerance];
    const text = texts.find(
      (one) =>
        one.from === gap.author &&
        !found.has(one) &&
        !filled.has(one) &&
        one.at.getTime() >= from &&
        one.at.getTime() <= to,
    );
    if (text !== undefined) filled.set(text, gap);
  }
  return filled;
}

function grouped<T>(items: readonly T[], name: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const own = name(item);
    if (own === undefined) continue;
    const group = groups.get(own);
    if (group === undefined) groups.set(own, [item]);
    else group.push(item);
  }
  return groups;
}

function key(...parts: readonly (string | boolean)[]): string {
  return JSON.stringify(parts);
}
