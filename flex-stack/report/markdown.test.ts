import { describe, expect, test } from "@jest/globals";
import type { Block, Document } from "./document.ts";
import { marker, markdownDocument, maxCommentLength } from "./markdown.ts";

const documentOf = (...blocks: Block[]): Document => ({ kind: "preview", title: "Preview", blocks });
const details = (index: number, size: number): Block => ({
  kind: "details",
  summary: [`part ${index}`],
  blocks: [{ kind: "lines", text: "é".repeat(size) }],
});

describe("blocks", () => {
  test.each<[string, Block, string]>([
    ["a paragraph", { kind: "paragraph", text: ["a ", { code: "b" }], tone: "good" }, "✅ a <code>b</code>"],
    [
      "a table",
      { kind: "table", head: ["A", "B"], rows: [{ cells: [["1"], [{ strong: "2" }]], tone: "danger" }] },
      "| A | B |\n| --- | --- |\n| 🛑 1 | <b>2</b> |",
    ],
    [
      "a list in a list",
      { kind: "list", items: [{ text: ["a"], items: [{ text: [{ before: "b" }, " → ", { after: "c" }] }] }] },
      "- a\n  - <code>b</code> → <code>c</code>",
    ],
    [
      "folded details",
      { kind: "details", summary: ["s"], blocks: [{ kind: "paragraph", text: ["p"] }] },
      "<details><summary>s</summary>\n\np\n\n</details>",
    ],
    [
      "a section",
      { kind: "section", title: ["Stack ", { strong: "dev" }], blocks: [] },
      "### Stack <b>dev</b>",
    ],
    ["lines", { kind: "lines", text: "a\n\n<b>" }, "<pre>a\n\n&lt;b&gt;</pre>"],
  ])("%s", (_, block, expected) => {
    expect(markdownDocument(documentOf(block))).toBe(
      `<!-- flex-stack preview -->\n\n## Preview\n\n${expected}\n`,
    );
  });

  test.each([
    ["preview", "<!-- flex-stack preview -->"],
    ["drift/prod", "<!-- flex-stack drift/prod -->"],
    ["drift/a -->b", "<!-- flex-stack drift/a-b -->"],
  ])("the marker of %s", (kind, expected) => {
    expect(marker(kind)).toBe(expected);
  });
});

describe("a report that is too long", () => {
  const rows = (count: number): Block => ({
    kind: "table",
    head: ["Resource"],
    rows: Array.from({ length: count }, (_, index) => ({ cells: [[`resource ${index} ${"x".repeat(60)}`]] })),
  });
  const elsewhere = "flex-stack preview --stack dev";
  const written = (...blocks: Block[]) => markdownDocument(documentOf(...blocks), { elsewhere });

  test("of just the limit is whole", () => {
    const text = (size: number) => markdownDocument(documentOf({ kind: "lines", text: "x".repeat(size) }));
    const whole = maxCommentLength - Buffer.byteLength(text(0));
    expect(Buffer.byteLength(text(whole))).toBe(maxCommentLength);
    expect(text(whole)).not.toContain("Cut");
  });

  test("loses folded details from the end", () => {
    const text = written(
      rows(3),
      details(1, 20_000),
      details(2, 10_000),
      details(3, 10_000),
      details(4, 100),
    );
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxCommentLength);
    expect(text.match(/part \d/g)).toEqual(["part 1", "part 2"]);
    expect(text).toContain("resource 2");
    expect(text.trimEnd()).toMatch(
      /⚠️ Cut to what fits here: 2 of 4 folded parts left out\. See all of it: <code>flex-stack preview --stack dev<\/code>$/,
    );
  });

  test("loses rows when it has no more details", () => {
    const text = written(rows(2000), details(1, 10));
    const size = Buffer.byteLength(text);
    expect(size).toBeLessThanOrEqual(maxCommentLength);
    expect(size).toBeGreaterThan(maxCommentLength - 200);
    const kept = text.match(/^\| resource/gm)?.length ?? 0;
    expect(text).toContain(
      `Cut to what fits here: 1 of 1 folded part, ${2000 - kept} of 2000 rows left out.`,
    );
  });

  test("loses lines of lists when it has no more rows", () => {
    const items = Array.from({ length: 3000 }, (_, index) => ({ text: [`item ${index} ${"x".repeat(40)}`] }));
    const text = written({ kind: "list", items });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxCommentLength);
    expect(text).toContain("item 0 ");
    expect(text).toMatch(/Cut to what fits here: \d+ of 3000 lines left out\./);
  });

  test("says at least where to look", () => {
    const text = written({ kind: "lines", text: "x".repeat(100_000) });
    expect(text).toContain("Cut to what fits here: everything left out. See all of it:");
    expect(text.length).toBeLessThan(300);
  });
});
