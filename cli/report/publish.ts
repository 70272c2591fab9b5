import { writeFileSync } from "node:fs";
import { writing } from "../../flex-stack/failure/writing.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import type { Document } from "../../flex-stack/report/document.ts";
import type { Format } from "../../flex-stack/report/format.ts";
import type { Origin } from "../../flex-stack/report/origin.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";

export interface Publication {
  readonly format: Format;
  /** The file to write; stdout, where absent. */
  readonly output: string | undefined;
  /** What `--format json` gives. */
  readonly json: unknown;
  readonly document: Document;
  /** A command that shows all of it, for a comment that had to be cut. */
  readonly elsewhere: string;
  /** Where it comes from, unless the document says so itself. */
  readonly origin?: Origin | undefined;
}

/** Prints a report, or writes it to the file that was asked for. */
export function publish(publication: Publication, terminal: Dialogue): void {
  const { format, output, json, document, elsewhere, origin } = publication;
  // Colours are for the terminal, not for a file.
  const painted =
    output === undefined ? terminal : { columns: 120, style: (_: unknown, text: string) => text };
  const text =
    format === "json"
      ? JSON.stringify(json, null, 2)
      : renderDocument(document, format, { terminal: painted, elsewhere, origin });
  if (output === undefined) terminal.print(text.trimEnd());
  else writeReport(output, `${text.trimEnd()}\n`);
}

function writeReport(file: string, text: string): void {
  writing({ thing: "report", option: "--output", file }, () => writeFileSync(file, text));
}
