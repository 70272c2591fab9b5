import type { Document } from "./document.ts";
import { markdownDocument } from "./markdown.ts";

/** A document as one HTML file. */
export function htmlDocument(document: Document): string {
  return markdownDocument(document);
}
