import type { Surface } from "../ports/dialogue.ts";
import type { Document } from "./document.ts";
import { htmlDocument } from "./html.ts";
import { markdownDocument } from "./markdown.ts";
import type { Origin } from "./origin.ts";
import { textDocument } from "./text.ts";

export interface RenderOptions {
  /** For text: colours and width. */
  readonly terminal: Surface;
  /** For markdown: how to see what did not fit into a comment, such as a command. */
  readonly elsewhere?: string;
  /** For a page: where it comes from, unless the document says so itself. */
  readonly origin?: Origin | undefined;
}

/** A document in a format for people; what programs read is each command's own. */
export function renderDocument(
  document: Document,
  format: "text" | "markdown" | "html",
  options: RenderOptions,
): string {
  switch (format) {
    case "text":
      return textDocument(document, options.terminal);
    case "markdown":
      return markdownDocument(
        document,
        options.elsewhere === undefined ? {} : { elsewhere: options.elsewhere },
      );
    case "html":
      return htmlDocument(options.origin ? { origins: [options.origin], ...document } : document);
  }
}
