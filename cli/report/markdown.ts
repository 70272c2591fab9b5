import type { Block, Document, Inline, Item, Table, Text, Tone } from "./document.ts";
import { mermaid } from "./mermaid.ts";

/** GitHub takes no longer comment. */
export const maxCommentLength = 65_536;

export interface MarkdownOptions {
  /** How to see what did not fit, such as a command. */
  elsewhere?: string;
  /** Characters to stay within. @default maxCommentLength */
  limit?: number;
}

const icons: Readonly<Record<Tone, string>> = {
  plain: "",
  good: "✅ ",
  warning: "⚠️ ",
  danger: "🛑 ",
  muted: "",
};

/** A document as GitHub's markdown, with a hidden line by which its comment is found again. */
export function markdownDocument(document: Document, _options: MarkdownOptions = {}): string {
  const head = [marker(document.kind), `## ${escaped(document.title)}`];
  return `${[...head, ...document.blocks.flatMap((block) => blockMarkdown(block, 3))].join("\n\n")}\n`;
}

/** What a comment of this kind of report begins with. */
export function marker(kind: string): string {
  return `<!-- flex-stack ${kind.replaceAll(/[^\w/-]/g, "-")} -->`;
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
      return [`<pre>${html(block.text).replaceAll("\n", "&#10;")}</pre>`];
    case "routing":
      return [`\`\`\`mermaid\n${mermaid(block.picture)}\n\`\`\``];
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
  return text.map(inline).join("");
}

function inline(part: Inline): string {
  if (typeof part === "string") return escaped(part);
  if ("code" in part) return code(part.code);
  if ("before" in part) return `<del>${code(part.before)}</del>`;
  if ("after" in part) return code(part.after);
  if ("strong" in part) return `**${escaped(part.strong)}**`;
  return `${icons[part.tone]}${escaped(part.badge)}`;
}

/**
 * Code as HTML, not in backticks: in a table a `|` would end the cell even in backticks, and a text that holds
 * backticks would end the code.
 */
function code(text: string): string {
  return text === "" ? "<code> </code>" : `<code>${escaped(text)}</code>`;
}

function inlineHtml(text: Text): string {
  return text
    .map((part) => {
      if (typeof part === "string") return html(part);
      if ("code" in part) return `<code>${html(part.code)}</code>`;
      if ("before" in part) return `<del><code>${html(part.before)}</code></del>`;
      if ("after" in part) return `<code>${html(part.after)}</code>`;
      if ("strong" in part) return `<b>${html(part.strong)}</b>`;
      return `${icons[part.tone]}${html(part.badge)}`;
    })
    .join("");
}

/** Text that markdown gives no meaning to: each sign it could read is a character reference, and lines are one. */
function escaped(text: string): string {
  return html(oneLine(text)).replaceAll(/[\\`*_{}[\]#|~@:!]|(?<=^\s*\d*)[-+.)]|https?|www\./g, (sign) =>
    reference(sign),
  );
}

function reference(text: string): string {
  return `&#${text.charCodeAt(0)};${text.slice(1)}`;
}

function html(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
