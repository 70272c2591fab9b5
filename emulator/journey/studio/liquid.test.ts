import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { documentedFilters } from "./liquidFilters.ts";
import { fill } from "./template.ts";

// The tables of docs/studio.md, row by row: what they say is what templates do.

const now = Date.parse("2026-01-02T03:04:05Z");
const variables = {
  name: "Ann",
  n: 10,
  t: "10",
  f: 1.5,
  o: { a: 1, b: [2] },
  l: ["a", 1, null],
  e: [],
  eo: {},
  yes: true,
  us: [{ k: 1 }, { k: 1 }, { k: 2 }],
};

const page = readFileSync(new URL("../../../docs/studio.md", import.meta.url), "utf8");

/** Cells of the rows under `<!-- liquid -->`: template, what it writes, source. */
const rows = page
  .split("<!-- liquid -->")
  .slice(1)
  .flatMap((section) => /(?:^\|.*\n)+/m.exec(section)?.[0].split("\n").slice(2, -1) ?? [])
  .map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  ) as [template: string, writes: string, source: string][];

const code = (cell: string): string => /`([^]*)`/.exec(cell)?.[1] ?? "";

test("the tables are there", () => expect(rows.length).toBeGreaterThan(90));

test.each(rows)("%s writes %s", (template, writes) => {
  const filled = (): string => fill(code(template), variables, { now });
  if (writes.startsWith("error: ")) expect(filled).toThrow(code(writes));
  else expect(filled()).toBe(writes === "``" ? "" : code(writes));
});

test.each(rows)("%s has a source", (_template, _writes, source) => {
  expect(source).toMatch(/^(Liquid|Ruby|Support|Widget|no source: because)/);
});

test.each(Object.keys(documentedFilters))("the page tells of the filter %s", (name) => {
  expect(page).toMatch(new RegExp(`\\| ${name}\\b|\`${name}\``));
});
