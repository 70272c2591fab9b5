import { describe, expect, test } from "@jest/globals";
import { marked } from "marked";
import type { Document } from "./document.ts";
import { htmlDocument } from "./html.ts";
import { markdownDocument } from "./markdown.ts";
import { mermaid } from "./mermaid.ts";
import { previewDocument } from "./preview-document.ts";
import { hostile, reportOf } from "./report.fixture.ts";
import { textDocument } from "./text.ts";

// Whatever names and bodies hold, a report has the same shape: nothing of them becomes a tag, a cell, a line.

const plain = { columns: 100, style: (_: unknown, text: string) => text };
const documentOf = (text: string): Document => previewDocument([reportOf(text), reportOf(text)]);

/** The tags of HTML in order, with their attributes; texts are left out. */
const tags = (html: string): string[] =>
  [...html.matchAll(/<(?:!--[^]*?--|[/!]?[a-z][^>]*)>/gi)].map(([tag]) =>
    // A column's title is ours, and so is the title of the document; what is long may break in other places.
    tag.replace(/\s+/g, " ").replace(' class="long"', ""),
  );

const githubTags = (text: string) =>
  tags(marked.parse(markdownDocument(documentOf(text), { limit: Infinity }), { async: false, gfm: true }));
const htmlTags = (text: string) => tags(htmlDocument(documentOf(text)));
const mermaidShape = (text: string) =>
  mermaid(reportOf(text).routing[0]!)
    .split("\n")
    .map((line) => line.replaceAll(/"[^"]*"/g, '""'));

const named = hostile.map((text): [string, string] => [JSON.stringify(text).slice(0, 60), text]);

describe("hostile text", () => {
  test.each(named)("%s", (_, text) => {
    expect(githubTags(text)).toEqual(githubTags("x"));
    expect(htmlTags(text)).toEqual(htmlTags("x"));
    expect(mermaidShape(text)).toEqual(mermaidShape("x"));
  });

  test.each(named)("%s reaches no terminal as a command", (_, text) => {
    const shown = textDocument(documentOf(text), plain);
    expect(shown).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
    );
  });

  test("mentions nobody and links to no issue", () => {
    const outsideCode = markdownDocument(documentOf("@team #1 http://evil.example")).replaceAll(
      /<(code|pre)>[^]*?<\/\1>|```[^]*?```/g,
      "",
    );
    expect(outsideCode).toContain("team");
    expect(outsideCode).not.toMatch(/@\w|(?<!&)#\d|\w:\/\//);
  });

  test("stays readable", () => {
    const shown = marked.parse(markdownDocument(documentOf('a | b `c` <d> & "e" *f*')), { async: false });
    expect(shown).toContain('<code>a &#124; b &#96;c&#96; &lt;d&gt; &amp; "e" &#42;f&#42;</code>');
  });

  test("gives Mermaid no empty label", () => {
    expect(mermaid(reportOf("").routing[0]!)).not.toContain('""');
  });

  test("in Mermaid is made of character codes", () => {
    expect(mermaid(reportOf('"]; <b>%%{x}`#').routing[0]!)).toContain(
      'w("#34;#93;#59; #60;b#62;#37;#37;#123;x#125;#96;#35;")',
    );
  });
});
