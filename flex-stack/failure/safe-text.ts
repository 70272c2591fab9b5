/** Signs that reorder what is written around them: with them a text can show what it does not say. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text as one line, without what moves a cursor, ends a line or turns the direction of reading. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").replaceAll(reordering, "\ufffd");
}

/** The same for text whose lines matter. */
export function lines(text: string): string {
  return text.split(/\r?\n/).map(oneLine).join("\n");
}
