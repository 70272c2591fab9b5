/**
 * A key for something in the configuration, made of its name: `billingInvoices` of "Billing & invoices".
 * Letters without accents, digits; starts with a letter; differs from those in `taken`, to which it is added.
 */
export function configKey(name: string, fallback: string, taken: Set<string>): string {
  return unused(camelCase(name, fallback) || fallback, taken);
}

/** The name as it is where it can be a key, else a key made of it. */
export function sameOrKey(name: string, fallback: string, taken: Set<string>): string {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name) ? unused(name, taken) : configKey(name, fallback, taken);
}

/** Longest key that is made; the configuration takes 64 characters. */
const longest = 48;

function camelCase(name: string, fallback: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const joined = words
    .map((word, index) => (index === 0 ? lowered(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return (/^\d/.test(joined) ? fallback + joined : joined).slice(0, longest);
}

/** `SMS` becomes `sms`, `Billing` becomes `billing`; `iPhone` stays. */
function lowered(word: string): string {
  return /^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

/** Case alone tells no keys apart: file names and people may not. */
function unused(key: string, taken: Set<string>): string {
  let candidate = key;
  for (let count = 2; taken.has(candidate.toLowerCase()); count++) candidate = `${key}${count}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
