import type { Dialogue, Surface } from "../ports/dialogue.ts";
import type { Block, Document, Inline, Item, Table, Text, Tone } from "./document.ts";
import { wayLines } from "./way.ts";
import { pictureLines } from "./picture-lines.ts";
import { oneLine } from "../failure/safe-text.ts";

const styles: Readonly<Record<Tone, Parameters<Dialogue["style"]>[0] | undefined>> = {
  plain: undefined,
  good: "green",
  warning: "yellow",
  danger: ["red", "bold"],
  muted: "dim",
};

/** A document for a terminal or a log. */
export function textDocument(document: Document, terminal: Surface): string {
  const title = terminal.style("bold", oneLine(document.title));
  return [title, ...blocksText(document.blocks, terminal)].join("\n");
}

function blocksText(blocks: readonly Block[], terminal: Surface): string[] {
  return blocks.flatMap((block, index) => {
    const lines = blockText(block, terminal);
    return lines.length > 0 && (index > 0 || block.kind === "section") ? ["", ...lines] : lines;
  });
}

function blockText(block: Block, terminal: Surface): string[] {
  switch (block.kind) {
    case "section":
      return [
        terminal.style("bold", inlineText(block.title, terminal)),
        ...blocksText(block.blocks, terminal),
      ];
    case "paragraph":
      return [toned(inlineText(block.text, terminal), block.tone, terminal)];
    case "list":
      return block.items.flatMap((item) => itemText(item, "  ", terminal));
    case "table":
      return tableText(block, terminal);
    case "details":
      return [
        inlineText(block.summary, terminal),
        ...blocksText(block.blocks, terminal).map((line) => (line === "" ? "" : `  ${line}`)),
      ];
    case "lines":
      return block.text.split("\n").map((line) => `  ${oneLine(line)}`);
    case "routing":
      return pictureLines(block.picture, block.side).map((line) => `  ${oneLine(line)}`);
    case "way":
      return wayLines(block).map((line) => `  ${oneLine(line)}`);
  }
}

function itemText({ text, tone, mark, items = [] }: Item, indent: string, terminal: Surface): string[] {
  const told = inlineText(text, terminal);
  const line = `${indent}${toned(mark === undefined ? marked(told, tone) : `${mark} ${told}`, tone, terminal)}`;
  return [line, ...items.flatMap((item) => itemText(item, `${indent}  `, terminal))];
}

/** Columns aligned by their widest cell; the last one is not padded. */
function tableText({ head, rows }: Table, terminal: Surface): string[] {
  const plain = rows.map(({ cells, tone }) =>
    cells.map((cell, column) => {
      const text = inlineText(cell, undefined);
      return column === 0 ? marked(text, tone) : text;
    }),
  );
  const widths = head.map((title, column) =>
    Math.max(title.length, ...plain.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [
    terminal.style("dim", line(head)),
    ...plain.map((cells, index) => {
      const mark = rows[index]?.tone === "danger" ? "! " : "";
      // The mark says it; what is fine in the row stays as it is.
      return toned(mark, rows[index]?.tone, terminal) + line(cells).slice(mark.length);
    }),
  ];
}

/** A danger is told to those, too, who see no colours. */
function marked(text: string, tone: Tone | undefined): string {
  return tone === "danger" ? `! ${text}` : text;
}

function inlineText(text: Text, terminal: Surface | undefined): string {
  return text.map((part) => inline(part, terminal)).join("");
}

function inline(part: Inline, terminal: Surface | undefined): string {
  const styled = (style: Parameters<Dialogue["style"]>[0], value: string) =>
    terminal ? terminal.style(style, oneLine(value)) : oneLine(value);
  if (typeof part === "string") return oneLine(part);
  if ("code" in part) return oneLine(part.code);
  if ("command" in part) return oneLine(part.command);
  if ("page" in part) return oneLine(part.page);
  if ("before" in part) return styled("red", part.before);
  if ("after" in part) return styled("green", part.after);
  if ("lost" in part) return styled(["red", "bold"], part.lost);
  if ("declared" in part) return styled("cyan", part.declared);
  if ("found" in part) return styled("cyan", part.found);
  if ("strong" in part) return styled("bold", part.strong);
  const style = styles[part.tone];
  return style === undefined ? oneLine(part.badge) : styled(style, part.badge);
}

function toned(text: string, tone: Tone | undefined, terminal: Surface): string {
  const style = tone && styles[tone];
  return style === undefined ? text : terminal.style(style, text);
}
