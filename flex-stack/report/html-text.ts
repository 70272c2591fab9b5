import { lines, oneLine } from "../failure/safe-text.ts";

/** Text that HTML gives no meaning to, in one line. */
export function escaped(text: string): string {
  return references(oneLine(text));
}

/** The same of a text whose lines matter. */
export function escapedLines(text: string): string {
  return references(lines(text));
}

function references(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
