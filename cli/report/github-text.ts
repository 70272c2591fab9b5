import { oneLine } from "./safe-text.ts";

/**
 * Text that GitHub gives no meaning to. Signs that markdown could read are character references; `@`, `#` and what
 * begins an address are followed by a space of no width, since GitHub looks for mentions, issues and links in what
 * markdown made of the text.
 */
export function escaped(text: string): string {
  return html(oneLine(text).trimStart())
    .replaceAll(/[\\`*_[\]|~$]/g, reference)
    .replace(/^[-+=#]|^\d+[.)]/, (sign) => sign.slice(0, -1) + reference(sign.slice(-1)))
    .replaceAll(/[@#](?!\d+;)|:(?=\/\/)|\bwww(?=\.)/gi, "$&\u200b");
}

/** A value as code. In HTML, since `|` ends a cell of a table even in backticks, and backticks end themselves. */
export function code(text: string): string {
  const inner = html(oneLine(text)).replaceAll(/[\\`*_[\]|~$]/g, reference);
  return `<code>${inner === "" ? " " : inner}</code>`;
}

/** Text inside an HTML block, such as `<summary>` or `<pre>`. */
export function html(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => named[sign] ?? reference(sign));
}

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function reference(sign: string): string {
  return `&#${sign.charCodeAt(0)};`;
}
