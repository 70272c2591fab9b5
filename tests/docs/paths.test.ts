import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { arrows } from "./arrows.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Documents that lead a reader through the code, and the folders that their paths start from. */
const guides = [
  "CONTRIBUTING.md",
  "README.md",
  "docs/architecture.md",
  "docs/conversations.md",
  "docs/flex-ui.md",
  "emulator/README.md",
  "emulator/flex-ui/README.md",
  "emulator/journey/README.md",
  "flex-stack/README.md",
  "plugin/README.md",
  "provider/README.md",
];

/** Paths between backquotes: with a slash, and no pattern, command or address. */
function paths(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)+\/?)`/g)].map(([, path = ""]) => path);
}

/** Written from the root or from the document's folder, as in a README of that folder. */
function exists(document: string, path: string): boolean {
  return existsSync(join(root, path)) || existsSync(join(root, dirname(document), path));
}

/** A package, a file that a run makes, a media type. */
const elsewhere = /^@|^\.(local|pulumi)\/|^text\/(xml|html|plain)$|^plugin\/(desktop\/)?dist\//;

test.each(guides)("the paths that %s names are there", (document) => {
  const named = paths(document).filter((path) => !elsewhere.test(path));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !exists(document, path))).toEqual([]);
});

/** Folders of the picture that its nodes stand for by another name. */
const nodes: Readonly<Record<string, string>> = { core: "flex-stack", index: "index.ts", lean: "lean-sdk" };

test("the picture has the arrows of the table, and no others", () => {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const [, picture = ""] = /```mermaid\nflowchart TD\n([\s\S]*?)```/.exec(page) ?? [];
  const outside = picture.replace(/subgraph [\s\S]*?\n  end\n/, "");
  const drawn = [...outside.matchAll(/^ {2}(\w+)\S*?(?:\[".*?"\])? --> (\w+)/gm)].map(
    ([, from = "", to = ""]) => `${nodes[from] ?? from} → ${nodes[to] ?? to}`,
  );
  const top = (path: string): string => path.split("/")[0] ?? "";
  const listed = Object.entries(arrows).flatMap(([part, others]) =>
    others
      .filter((other) => top(other) !== top(part) && !other.endsWith(".json"))
      .map((other) => `${top(part)} → ${top(other)}`),
  );
  expect([...new Set(drawn)].sort()).toEqual([...new Set(listed)].sort());
});

test("ten rows or more say where to change what, each with paths that are there", () => {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const [, section = ""] = /## Where do I change …\?\n([\s\S]*?)\n## /.exec(page) ?? [];
  const rows = section.split("\n").filter((line) => line.startsWith("| ") && !/^\| (What|-)/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(rows.filter((row) => !/`[\w.-]+\/[\w./-]*`/.test(row))).toEqual([]);
});
