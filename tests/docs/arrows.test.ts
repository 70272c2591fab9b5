import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { arrows, complete, faces } from "./arrows.ts";
import { circles } from "./circles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const parts = Object.keys(arrows);

/** Source files that are no tests and no helpers of tests. */
const sources = execFileSync("git", ["ls-files", ...new Set(parts.map((part) => part.split("/")[0] ?? ""))], {
  cwd: root,
})
  .toString()
  .split("\n")
  .filter((file) => /\.(ts|js|mjs)$/.test(file))
  .filter((file) => !/\.test\.ts$|\.d\.ts$|fixture|\/testing\/|arbitrary\.ts$|temp-project\.ts$/.test(file));

/** Relative imports of a file, types or not, from the root of the repository. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map(([, path = ""]) => normalize(join(dirname(file), path)));
}

const graph = new Map(sources.map((file) => [file, imports(file)]));

function liesIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The part that a file belongs to. */
function partOf(file: string): string | undefined {
  return parts.filter((part) => liesIn(file, part)).sort((a, b) => b.length - a.length)[0];
}

test.each(Object.entries(arrows))("%s imports nothing but %j", (part, others) => {
  const files = sources.filter((file) => partOf(file) === part);
  expect(files.length).toBeGreaterThan(0);
  const strangers = files.flatMap((file) =>
    (graph.get(file) ?? [])
      .filter((path) => partOf(path) !== part && !others.some((known) => liesIn(path, known)))
      .map((path) => `${file} → ${path}`),
  );
  expect(strangers).toEqual([]);
});

test.each(Object.entries(arrows))("%s imports from each of %j", (part, others) => {
  const imported = sources.filter((file) => partOf(file) === part).flatMap((file) => graph.get(file) ?? []);
  expect(others.filter((known) => !imported.some((path) => liesIn(path, known)))).toEqual([]);
});

test.each(complete)("every folder of %s has its arrows", (folder) => {
  const folders = new Set(sources.filter((file) => liesIn(file, folder)).map((file) => dirname(file)));
  expect([...folders].filter((each) => !(each in arrows))).toEqual([]);
});

test.each(faces)("%s is seen through its index.ts", (folder) => {
  const through = [...graph].flatMap(([file, paths]) =>
    liesIn(file, folder) ? [] : paths.filter((path) => liesIn(path, folder)).map((path) => ({ file, path })),
  );
  expect(through.length).toBeGreaterThan(0);
  expect(through.filter(({ path }) => path !== `${folder}/index.ts`)).toEqual([]);
});

test("no part stands above and below another", () => {
  const between = new Map(
    parts.map((part) => [
      part,
      sources
        .filter((file) => partOf(file) === part)
        .flatMap((file) => graph.get(file) ?? [])
        .flatMap((path) => partOf(path) ?? [])
        .filter((other) => other !== part),
    ]),
  );
  expect(circles(between)).toEqual([]);
});

test("no files import each other in a circle, not even types", () => {
  expect(circles(graph)).toEqual([]);
});
