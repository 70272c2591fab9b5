import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { begin, end, killCases, killTable, withTable } from "./table.ts";

const rows = (table: string): string[] =>
  table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, 3)
        .map((cell) => cell.trim())
        .join(", "),
    );

test("200 kills are spread over commands, victims and moments, and over the requests of each", () => {
  const cases = killCases(200);
  const kinds = new Map<string, number[]>();
  for (const { scenario, victim, moment, at } of cases) {
    const kind = [scenario, victim, moment].join(", ");
    kinds.set(kind, [...(kinds.get(kind) ?? []), at]);
  }
  expect(kinds.size).toBe(36);
  for (const places of kinds.values()) {
    expect(places.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(0.6);
  }
  expect(cases.every(({ at }) => at >= 0 && at < 1)).toBe(true);
});

test("the table of docs/reliability.md has the rows that the bench writes", () => {
  const text = readFileSync(new URL("../../docs/reliability.md", import.meta.url), "utf8");
  expect(text.split(begin)).toHaveLength(2);
  const [, written = ""] = /<!-- kills[^>]*-->([^]*)<!-- end of kills -->/.exec(text) ?? [];
  expect(rows(written)).toEqual(rows(killTable([])));
});

test("writing a table replaces the one before and nothing else", () => {
  const once = withTable(`a\n${begin}\n${end}\nb`, "one");
  expect(withTable(once, "two")).toBe(`a\n${begin}\n\ntwo\n\n${end}\nb`);
});
