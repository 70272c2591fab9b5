import {
  isPlainPage,
  type Block,
  type Document,
  type Inline,
  type Item,
  type Table,
  type Text,
  type Tone,
  type Way,
} from "./document.ts";
import { styleSheet } from "./html-style.ts";
import { lines, oneLine } from "../failure/safe-text.ts";
import type { Mark, PictureFilter, PictureTarget, RoutingPicture } from "../meaning/index.ts";
import { entryText } from "./picture-lines.ts";

/** What a tone says to who can't see its colour. */
const toneWords: Readonly<Record<Tone, string>> = {
  plain: "",
  good: "✓",
  warning: "!",
  danger: "!!",
  muted: "",
};

/** A document as one HTML file that needs nothing else: no script, no font, no request. */
export function htmlDocument(document: Document): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(document.title)}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
<h1>${escaped(document.title)}</h1>
${blocksHtml(document.blocks, 2)}
</main>
</body>
</html>
`;
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
      return `<pre tabindex="0">${escaped(lines(block.text), false)}</pre>`;
    case "routing":
      return pictureHtml(block.picture);
    case "way":
      return wayHtml(block);
  }
}

function listHtml(items: readonly Item[]): string {
  if (items.length === 0) return "";
  const entries = items.map(
    ({ text, tone, items: inner = [] }) =>
      `<li${toneClass(tone)}>${toneMark(tone)}${inlineHtml(text)}${listHtml(inner)}</li>`,
  );
  return `<ul>${entries.join("\n")}</ul>`;
}

/** On a phone each row is a card, and each cell says which column it is of; the roles keep it a table to those who hear it. */
function tableHtml({ head, rows }: Table): string {
  const titles = head.map((title) => `<th scope="col" role="columnheader">${escaped(title)}</th>`);
  const body = rows.map(({ cells, tone }) => {
    const columns = cells.map(
      (cell, index) =>
        `<td role="cell" data-column="${escaped(head[index] ?? "")}">${index === 0 ? toneMark(tone) : ""}${inlineHtml(cell)}</td>`,
    );
    return `<tr role="row"${toneClass(tone)}>${columns.join("")}</tr>`;
  });
  return `<table role="table" class="columns-${head.length}"><thead role="rowgroup"><tr role="row">${titles.join("")}</tr></thead><tbody role="rowgroup">\n${body.join("\n")}\n</tbody></table>`;
}

function inlineHtml(text: Text): string {
  return text.map(inline).join("");
}

function inline(part: Inline): string {
  if (typeof part === "string") return escaped(part);
  if ("code" in part) return `<code>${escaped(part.code)}</code>`;
  if ("page" in part)
    return isPlainPage(part.page)
      ? `<a href="${part.page}">${part.page}</a>`
      : `<code>${escaped(part.page)}</code>`;
  if ("before" in part) return `<code class="before">${escaped(part.before)}</code>`;
  if ("after" in part) return `<code class="after">${escaped(part.after)}</code>`;
  if ("strong" in part) return `<strong>${escaped(part.strong)}</strong>`;
  return `<span class="badge ${part.tone}">${escaped(part.badge)}</span>`;
}

const markWords: Readonly<Record<Mark, string>> = {
  same: "",
  added: "new",
  changed: "changed",
  removed: "removed",
};

/** Routing as a list of filters, each with its queues in order: read aloud or on a phone as well as seen. */
function pictureHtml({ workflow, entries, filters, otherwise }: RoutingPicture): string {
  const rest: Omit<PictureFilter, "expression"> = {
    name: "no filter matches",
    mark: "same",
    targets: [{ queue: otherwise.queue ?? "not created", conditions: [], mark: otherwise.mark }],
  };
  const ways = entries.map((entry) => `<small>${escaped(entryText(entry))}</small><br>`).join("");
  return `<figure class="routing"><figcaption>${ways}${escaped(workflow)}</figcaption><ol>${[...filters, rest]
    .map((filter) => filterHtml(filter))
    .join("\n")}</ol></figure>`;
}

/** A way as a list of its stops, with what leads on from each, and back to it. */
function wayHtml({ stops }: Way): string {
  const items = stops.map(({ name, lines: said, forth, back }) => {
    const steps = [
      ...(forth === undefined ? [] : [`<li class="target same"><span>→ ${escaped(forth)}</span></li>`]),
      ...(back === undefined ? [] : [`<li class="target same"><span>← ${escaped(back)}</span></li>`]),
    ];
    return `<li class="filter same"><div><strong>${escaped(name)}</strong> <small>${escaped(said.join(", "))}</small></div><ol>${steps.join("")}</ol></li>`;
  });
  return `<figure class="routing way"><ol>${items.join("\n")}</ol></figure>`;
}

function filterHtml(filter: PictureFilter | Omit<PictureFilter, "expression">): string {
  const { name, mark, targets } = filter;
  const condition = "expression" in filter ? `<code>${escaped(filter.expression)}</code>` : "";
  const steps = targets.map(targetHtml).join("");
  return `<li class="filter ${mark}"><div><strong>${escaped(name)}</strong>${badge(mark)}${condition}</div><ol>${steps}</ol></li>`;
}

function targetHtml({ queue, conditions, mark }: PictureTarget): string {
  const small = conditions.length > 0 ? `<small>${escaped(conditions.join(", "))}</small>` : "";
  return `<li class="target ${mark}"><span>${escaped(queue)}</span>${badge(mark)}${small}</li>`;
}

function badge(mark: Mark): string {
  return mark === "same" ? "" : ` <span class="badge ${mark}">${markWords[mark]}</span>`;
}

function toneClass(tone: Tone | undefined): string {
  return tone === undefined || tone === "plain" ? "" : ` class="${tone}"`;
}

function toneMark(tone: Tone | undefined): string {
  const word = tone && toneWords[tone];
  return word ? `<span class="mark" aria-hidden="true">${word}</span> ` : "";
}

function escaped(text: string, single = true): string {
  return (single ? oneLine(text) : text).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
