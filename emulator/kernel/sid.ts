import { createHash, randomBytes } from "node:crypto";

/** Makes the SID of a new resource: its two-letter prefix and 32 hex digits. */
export type NewSid = (prefix: string) => string;

export const randomSid: NewSid = (prefix) => prefix + randomBytes(16).toString("hex");

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
