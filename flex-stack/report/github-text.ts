import { oneLine } from "../failure/safe-text.ts";

/**
 * Text that GitHub gives no meaning to. Signs that markdown could read are character references; `@`, `#` and what
 * begins an address are followed by a space of no width, since GitHub looks for mentions, issues and links in what
 * markdown made of the text.
 */
export function escaped(text: string): string {
  return unlinked(
    html(oneLine(text).trimStart())
      .replaceAll(/[\\`*_[\]|~$]/g, reference)
      .replace(/^[-+=#]|^\d+[.)]/, (sign) => sign.slice(0, -1) + reference(sign.slice(-1))),
  );
}

/** Text inside `<summary>`, where there is no markdown, but mentions and links there are. */
export function inSummary(text: string): string {
  return unlinked(html(oneLine(text)));
}

function unlinked(text: string): string {
  return text.replaceAll(/[@#](?!\d+;)|:(?=\/\/)|\bwww(?=\.)/gi, "$&\u200b");
}

/**
 * A value as code. In HTML, since `|` ends a cell of a table even in backticks, and backticks end themselves.
 * Markdown makes links of addresses in it all the same, unless their signs are references.
 */
export function code(text: string): string {
  const inner = html(oneLine(text))
    .replaceAll(/[\\`*_[\]|~$@]|:(?=\/\/)/g, reference)
    .replaceAll(/(?<=\bwww)\./gi, reference);
  return `<code>${inner === "" ? " " : inner}</code>`;
}

/** Text inside `<pre>` or `<code>` of an HTML block. */
export function html(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => named[sign] ?? reference(sign));
}

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function reference(sign: string): string {
  return `&#${sign.charCodeAt(0)};`;
}
