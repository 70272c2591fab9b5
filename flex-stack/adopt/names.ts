/**
 * A key for something in the configuration, made of its name: `billingInvoices` of "Billing & invoices".
 * Letters without accents, digits; starts with a letter; differs from those in `taken`, to which it is added.
 */
export function configKey(name: string, fallback: string, taken: Set<string>): string {
  const own = words(name);
  return unused(camelCase(own.length === 0 || /^\d/.test(own[0] ?? "") ? [fallback, ...own] : own), taken);
}

/** The name as it is where it can be a key, else a key made of it. */
export function sameOrKey(name: string, fallback: string, taken: Set<string>): string {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name) ? unused(name, taken) : configKey(name, fallback, taken);
}

/** Longest key that is made; the configuration takes 64 characters. */
const longest = 48;

/** The words of a name in small letters, without accents; none where it has no Latin letters and digits. */
export function words(name: string): string[] {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** `billingInvoices` of `billing` and `invoices` */
export function camelCase(own: readonly string[]): string {
  return own
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("")
    .slice(0, longest);
}

/** With a number behind it where it is taken. Case alone tells nothing apart: file names and people may not. */
export function unused(key: string, taken: Set<string>): string {
  let candidate = key;
  for (let count = 2; taken.has(candidate.toLowerCase()); count++) candidate = `${key}${count}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
