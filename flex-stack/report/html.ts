import {
  isPlainPage,
  type Block,
  type Document,
  type Inline,
  type Item,
  type Table,
  type Text,
  type Tone,
} from "./document.ts";
import { styleSheet } from "./html-style.ts";
import { copyScript, copyScriptSource } from "./html-script.ts";
import { escaped, escapedLines } from "./html-text.ts";
import { originParts, type Origin } from "./origin.ts";
import { pictureHtml, wayHtml } from "./html-picture.ts";

/** What a tone says to who can't see its colour. */
const toneWords: Readonly<Record<Tone, string>> = {
  plain: "",
  good: "✓",
  warning: "!",
  danger: "!!",
  muted: "",
};

/** A document as one HTML file that needs nothing else: no font, no request, and no script but the one that copies commands. */
export function htmlDocument(document: Document): string {
  const blocks = blocksHtml(document.blocks, 2);
  const copies = blocks.includes('<code class="command">');
  const policy = `default-src 'none'; style-src 'unsafe-inline'${copies ? `; script-src ${copyScriptSource}` : ""}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(document.title)}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
<h1>${escaped(document.title)}</h1>
${originsHtml(document.origins ?? [])}
${blocks}
</main>
${copies ? `<script>${copyScript}</script>\n` : ""}</body>
</html>
`;
}

function originsHtml(origins: readonly Origin[]): string {
  if (origins.length === 0) return "";
  const items = origins.map((origin) => `<li>${originParts(origin).map(escaped).join(" · ")}</li>`);
  return `<ul class="origins">${items.join("")}</ul>`;
}

function blocksHtml(blocks: readonly Block[], level: number): string {
  return blocks.map((block) => blockHtml(block, level)).join("\n");
}

function blockHtml(block: Block, level: number): string {
  switch (block.kind) {
    case "section": {
      const heading = `h${Math.min(level, 6)}`;
      return `<section><${heading}>${inlineHtml(block.title)}</${heading}>\n${blocksHtml(block.blocks, level + 1)}</section>`;
    }
    case "paragraph":
      return `<p${toneClass(block.tone)}>${toneMark(block.tone)}${inlineHtml(block.text)}</p>`;
    case "list":
      return listHtml(block.items);
    case "table":
      return tableHtml(block);
    case "details":
      return `<details${block.open === true ? " open" : ""}><summary>${inlineHtml(block.summary)}</summary>\n${blocksHtml(block.blocks, level)}</details>`;
    case "lines":
      return `<pre tabindex="0">${escapedLines(block.text)}</pre>`;
    case "routing":
      return pictureHtml(block.picture, block.side);
    case "way":
      return wayHtml(block);
  }
}

function listHtml(items: readonly Item[]): string {
  if (items.length === 0) return "";
  const entries = items.map(
    ({ text, tone, mark, items: inner = [] }) =>
      `<li${toneClass(tone)}>${toneMark(tone, mark)}${inlineHtml(text)}${listHtml(inner)}</li>`,
  );
  return `<ul>${entries.join("\n")}</ul>`;
}

/** On a phone each row is a card, and each cell says which column it is of; the roles keep it a table to those who hear it. */
function tableHtml({ head, rows }: Table): string {
  const titles = head.map((title) => `<th scope="col" role="columnheader">${escaped(title)}</th>`);
  const body = rows.map(({ cells, tone }) => {
    const columns = cells.map(
      (cell, index) =>
        `<td role="cell"${runClass(plainText(cell))} data-column="${escaped(head[index] ?? "")}">${index === 0 ? toneMark(tone) : ""}${inlineHtml(cell)}</td>`,
    );
    return `<tr role="row">${columns.join("")}</tr>`;
  });
  return `<table role="table" class="columns-${head.length}"><thead role="rowgroup"><tr role="row">${titles.join("")}</tr></thead><tbody role="rowgroup">\n${body.join("\n")}\n</tbody></table>`;
}

function inlineHtml(text: Text): string {
  return text.map(inline).join("");
}

function inline(part: Inline): string {
  if (typeof part === "string") return escaped(part);
  if ("code" in part) return `<code${runClass(part.code)}>${escaped(part.code)}</code>`;
  if ("command" in part) return `<code class="command">${escaped(part.command)}</code>`;
  if ("page" in part)
    return isPlainPage(part.page)
      ? `<a href="${part.page}">${part.page}</a>`
      : `<code>${escaped(part.page)}</code>`;
  if ("before" in part) return `<code class="before">${escaped(part.before)}</code>`;
  if ("after" in part) return `<code class="after">${escaped(part.after)}</code>`;
  if ("lost" in part) return `<code class="lost">${escaped(part.lost)}</code>`;
  if ("declared" in part) return `<code class="declared">${escaped(part.declared)}</code>`;
  if ("found" in part) return `<code class="found">${escaped(part.found)}</code>`;
  if ("strong" in part) return `<strong>${escaped(part.strong)}</strong>`;
  return `<span class="badge ${part.tone}">${escaped(part.badge)}</span>`;
}

function toneClass(tone: Tone | undefined): string {
  return tone === undefined || tone === "plain" ? "" : ` class="${tone}"`;
}

function toneMark(tone: Tone | undefined, mark?: string): string {
  const word = mark === undefined ? tone && toneWords[tone] : escaped(mark);
  return word ? `<span class="mark ${tone}" aria-hidden="true">${word}</span> ` : "";
}

/** Characters of the longest run, such as a SID or a name, that is kept in one line. */
const longestRun = 40;

/** What may break anywhere, so as not to be wider than the window. */
function runClass(text: string): string {
  return text.split(/\s/).some((run) => run.length > longestRun) ? ' class="long"' : "";
}

function plainText(text: Text): string {
  return text.map((part) => (typeof part === "string" ? part : Object.values(part).join(""))).join("");
}
