import { createHash } from "node:crypto";
import { isObject, parsedJson, withoutSecrets } from "../values/property-value.ts";

/** 16 hexadecimal digits by which a drift is known again. What does not matter does not count: order, white space, secrets. */
export function fingerprint(...facts: readonly unknown[]): string {
  const text = JSON.stringify(facts.map((fact) => canonical(withoutSecrets(fact))));
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** JSON parsed, keys sorted, and lists of texts too: Twilio's are sets. */
function canonical(value: unknown): unknown {
  const known = parsedJson(value);
  if (Array.isArray(known)) {
    const items = known.map(canonical);
    return items.every((item) => typeof item === "string") ? items.sort() : items;
  }
  if (!isObject(known)) return known ?? null;
  return Object.fromEntries(
    Object.keys(known)
      .sort()
      .map((key) => [key, canonical(known[key])]),
  );
}
