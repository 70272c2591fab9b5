import { parseDocument, type Document, type ToStringOptions } from "yaml";

/** Most comparisons of lines: of more what differs is written as the document gives it. */
const mostComparisons = 16_000_000;

/**
 * Text of an edited document in which every line that no edit touched is as it was: blank lines, columns of comments, how
 * numbers and texts are written, line ends. What was touched is written as lines beside it are.
 *
 * @param before Text that the document was read from.
 */
export function keptText(before: string, document: Document): string {
  const options = styleOf(before);
  const [written, unedited, edited] = [
    before,
    parseDocument(before).toString(options),
    document.toString(options),
  ].map((text) => text.split("\n")) as [string[], string[], string[]];
  const end = isByWindows(before) ? "\r" : "";
  const asWritten = new Map(common(unedited.map(squeezed), written.map(squeezed)));
  const asEdited = new Map(common(unedited, edited));
  const lines: string[] = [];
  let [base, own, other, deeper] = [0, 0, 0, 0];
  const takeUpTo = (toBase: number, toOwn: number, toOther: number): void => {
    if (toBase > base && toOwn > own) deeper = indentOf(written[own]) - indentOf(unedited[base]);
    const theirs = edited.slice(other, toOther);
    const isTouched = theirs.join("\n") !== unedited.slice(base, toBase).join("\n");
    lines.push(
      ...(isTouched ? theirs.map((line) => indented(line, deeper) + end) : written.slice(own, toOwn)),
    );
    [base, own, other] = [toBase, toOwn, toOther];
  };
  unedited.forEach((_, at) => {
    const [atOwn, atOther] = [asWritten.get(at), asEdited.get(at)];
    if (atOwn === undefined || atOther === undefined) return;
    takeUpTo(at, atOwn, atOther);
    const [line = "", plain = ""] = [written[atOwn], unedited[at]];
    lines.push(line);
    if (plain !== "") deeper = indentOf(line) - indentOf(plain);
    [base, own, other] = [at + 1, atOwn + 1, atOther + 1];
  });
  takeUpTo(unedited.length, written.length, edited.length);
  const kept = lines.join("\n");
  const read = parseDocument(kept);
  const isSame = read.errors.length === 0 && JSON.stringify(read.toJS()) === JSON.stringify(document.toJS());
  return isSame ? kept : edited.map((line, at) => (at < edited.length - 1 ? line + end : line)).join("\n");
}

/** How a text is written, as far as what is new in it can be written so. */
function styleOf(text: string): ToStringOptions {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return {
    lineWidth: 0,
    indent: /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2,
    // A list stands below its key, or further in.
    indentSeq: !/^( *)[^\s#-].*:[ \r]*\n\1- /m.test(text),
    // Maps on one line are { a: 1 }, or {a: 1}.
    flowCollectionPadding: count(/\{ +[^\s}]/g) > count(/\{[^\s}]/g),
  };
}

function indentOf(line = ""): number {
  return line.length - line.replace(/^ +/, "").length;
}

function indented(line: string, deeper: number): string {
  return line === "" ? line : " ".repeat(Math.max(indentOf(line) + deeper, 0)) + line.replace(/^ +/, "");
}

function isByWindows(text: string): boolean {
  return 2 * (text.match(/\r\n/g)?.length ?? 0) > (text.match(/\n/g)?.length ?? 0);
}

/** The byte order mark is white space, too. */
function squeezed(line: string): string {
  return line.replaceAll(/\s+/g, "");
}

/** The lines that two texts have in common, in their order: the places of each in both. */
function common(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let [oneEnd, otherEnd] = [one.length, other.length];
  while (oneEnd > start && otherEnd > start && one[oneEnd - 1] === other[otherEnd - 1])
    [oneEnd, otherEnd] = [oneEnd - 1, otherEnd - 1];
  const head = Array.from({ length: start }, (_, at) => [at, at] as const);
  const tail = Array.from({ length: one.length - oneEnd }, (_, at) => [oneEnd + at, otherEnd + at] as const);
  const middle = longest(one.slice(start, oneEnd), other.slice(start, otherEnd));
  return [...head, ...middle.map(([a, b]) => [a + start, b + start] as const), ...tail];
}

function longest(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  if (one.length * other.length > mostComparisons) return [];
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = other.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        one[row] === other[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
  const found: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < one.length && column < other.length;) {
    if (one[row] === other[column]) found.push([row++, column++]);
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
