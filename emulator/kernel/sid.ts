import { createHash, randomFillSync } from "node:crypto";

/** Makes the SID of a new resource: its two-letter prefix and 32 hex digits. */
export type NewSid = (prefix: string) => string;

/** Random bytes for the next SIDs: asking for many at once takes as long as asking for a few. */
const pool = Buffer.alloc(4096);
let used = pool.length;

export const randomSid: NewSid = (prefix) => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return prefix + pool.toString("hex", used - 16, used);
};

/** SIDs that look random but come out the same each time, so that a seeded account always has the same ones. */
export function seededSids(seed: string): NewSid {
  const counts = new Map<string, number>();
  return (prefix) => {
    const count = counts.get(prefix) ?? 0;
    counts.set(prefix, count + 1);
    return prefix + createHash("sha256").update(`${seed}/${prefix}/${count}`).digest("hex").slice(0, 32);
  };
}

export function isSid(text: string, prefix: string): boolean {
  return text.length === 34 && text.startsWith(prefix) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text);
}
