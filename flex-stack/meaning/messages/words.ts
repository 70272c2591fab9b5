import { withoutCredentials } from "../../../config/credential.ts";
import { isUnknown } from "../../values/property-value.ts";
import { shortened } from "../property-meaning.ts";
import type { Phrase } from "../statement.ts";

/** The text of a property; empty where it is not set, undefined where nobody knows it or it is a secret. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return "";
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** A URL as others may read it. */
export function address(url: string): string {
  return shortened(withoutCredentials("", url));
}

/** Words for what is there, for what was there before. */
export function former(words: readonly Phrase[]): Phrase[] {
  return words.map((word) => (typeof word === "object" && "after" in word ? { before: word.after } : word));
}
