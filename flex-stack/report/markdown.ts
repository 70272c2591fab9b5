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
import { fitted } from "./fitted.ts";
import { code, escaped, html, inSummary } from "./github-text.ts";
import { mermaid } from "./mermaid.ts";
import { wayMermaid } from "./way.ts";
import { lines, oneLine } from "../failure/safe-text.ts";

/** GitHub takes no longer comment, in characters; here bytes are counted, which are never fewer. */
export const maxCommentLength = 65_536;

export interface MarkdownOptions {
  /** How to see what did not fit, such as a command. */
  elsewhere?: string;
  /** Bytes to stay within. @default maxCommentLength */
  limit?: number;
}

const icons: Readonly<Record<Tone, string>> = {
  plain: "",
  good: "✅ ",
  warning: "⚠️ ",
  danger: "🛑 ",
  muted: "",
};

/**
 * A document as GitHub's markdown. It begins with a hidden line by which its comment is found and edited. What
 * does not fit into a comment is left out from the end, details first, and the end says so.
 */
export function markdownDocument(document: Document, options: MarkdownOptions = {}): string {
  const { limit = maxCommentLength, elsewhere } = options;
  return fitted(document, { limit, render: written, ...(elsewhere === undefined ? {} : { elsewhere }) });
}

function written(document: Document): string {
  const head = [marker(document.kind), `## ${escaped(document.title)}`];
  return `${[...head, ...document.blocks.flatMap((block) => blockMarkdown(block, 3))].join("\n\n")}\n`;
}

/** What a comment of this kind of report begins with. */
export function marker(kind: string): string {
  return `<!-- flex-stack ${kind.replaceAll(/[^\w/.]+/g, "-")} -->`;
}

function blockMarkdown(block: Block, level: number): string[] {
  switch (block.kind) {
    case "section":
      return [
        `${"#".repeat(Math.min(level, 6))} ${inlineMarkdown(block.title)}`,
        ...block.blocks.flatMap((inner) => blockMarkdown(inner, level + 1)),
      ];
    case "paragraph":
      return [`${icons[block.tone ?? "plain"]}${inlineMarkdown(block.text)}`];
    case "list":
      return block.items.length > 0 ? [block.items.flatMap((item) => itemMarkdown(item, "")).join("\n")] : [];
    case "table":
      return [tableMarkdown(block)];
    case "details":
      return [
        `<details${block.open === true ? " open" : ""}><summary>${inlineHtml(block.summary)}</summary>`,
        ...block.blocks.flatMap((inner) => blockMarkdown(inner, level)),
        "</details>",
      ];
    case "lines":
      return [`<pre>${html(lines(block.text))}</pre>`];
    case "routing":
      return [`\`\`\`mermaid\n${mermaid(block.picture, block.side)}\n\`\`\``];
    case "way":
      return [`\`\`\`mermaid\n${wayMermaid(block)}\n\`\`\``];
  }
}

function itemMarkdown({ text, tone, items = [] }: Item, indent: string): string[] {
  return [
    `${indent}- ${icons[tone ?? "plain"]}${inlineMarkdown(text)}`,
    ...items.flatMap((item) => itemMarkdown(item, `${indent}  `)),
  ];
}

function tableMarkdown({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head.map(escaped)),
    line(head.map(() => "---")),
    ...rows.map(({ cells, tone }) =>
      line(cells.map((cell, index) => `${index === 0 ? icons[tone ?? "plain"] : ""}${inlineMarkdown(cell)}`)),
    ),
  ].join("\n");
}

function inlineMarkdown(text: Text): string {
  return text.map((part, index) => inline(part, index === 0)).join("");
}

function inline(part: Inline, first: boolean): string {
  if (typeof part === "string") return first ? escaped(part) : spaced(part);
  if ("code" in part) return code(part.code);
  if ("command" in part) return code(part.command);
  if ("page" in part)
    return isPlainPage(part.page) ? `<a href="${part.page}">${part.page}</a>` : code(part.page);
  if ("before" in part) return code(part.before);
  if ("after" in part) return code(part.after);
  if ("lost" in part) return `<b>${escaped(part.lost)}</b>`;
  if ("declared" in part) return code(part.declared);
  if ("found" in part) return code(part.found);
  // Stars mark nothing next to a space or a sign.
  if ("strong" in part) return `<b>${escaped(part.strong)}</b>`;
  return `${icons[part.tone]}${escaped(part.badge)}`;
}

/** A text in the middle of a line keeps the spaces it begins with. */
function spaced(text: string): string {
  return `${/^ */.exec(text)?.[0] ?? ""}${escaped(text)}`;
}

/** Inside `<summary>` there is no markdown. */
function inlineHtml(text: Text): string {
  return text
    .map((part) => {
      if (typeof part === "string") return inSummary(part);
      if ("strong" in part) return `<b>${inSummary(part.strong)}</b>`;
      if ("badge" in part) return `${icons[part.tone]}${inSummary(part.badge)}`;
      const [value = ""] = Object.values(part);
      return `<code>${html(oneLine(value))}</code>`;
    })
    .join("");
}
