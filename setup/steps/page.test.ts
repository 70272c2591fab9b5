import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ROOT } from "../project.mjs";
import { listen, TempProject } from "../temp-project.ts";
import { page } from "./page.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
});
afterEach(() => temp.remove());

test("is bundled once", async () => {
  const step = page(temp.project);
  expect(step.isDone()).toBe(false);
  expect(await step.run(listen())).toBe("bundled, 48 kB");
  expect([step.isDone(), temp.read("page/dist/page.js")]).toEqual([true, "built"]);
});

test.each<[string, () => void]>([
  ["a source changed", () => temp.file("page/src/main.ts", "other")],
  ["a source came", () => temp.file("page/src/style/more.css", "")],
  ["what it takes of routing changed", () => temp.file("routing/index.ts", "other")],
  ["the bundler changed", () => temp.json("package.json", { dependencies: { esbuild: "2.0.0" } })],
])("again where %s", async (_, change) => {
  const step = page(temp.project);
  await step.run(listen());
  change();
  expect(step.isDone()).toBe(false);
});

test("but not for a test", async () => {
  const step = page(temp.project);
  await step.run(listen());
  temp.file("routing/index.test.ts", "");
  expect(step.isDone()).toBe(true);
});

test("a bundle that fails leaves the one there was, and says why", async () => {
  const step = page(temp.project);
  await step.run(listen());
  temp.file("page/build.mjs", `console.error("main.ts:1:2: ERROR: Unexpected x");process.exit(1);`);
  await expect(step.run(listen())).rejects.toThrow("main.ts:1:2: ERROR: Unexpected x");
  expect(temp.read("page/dist/page.js")).toBe("built");
  expect(existsSync(`${join(temp.root, "page/dist")}.${process.pid}`)).toBe(false);
});

test("the project's own is there, and small", async () => {
  const project = { root: ROOT, env: process.env, signal: new AbortController().signal };
  expect(page(project).isDone()).toBe(true);
  const size = ["page.js", "page.css"].reduce(
    (sum, name) => sum + statSync(join(ROOT, "page/dist", name)).size,
    0,
  );
  expect(size).toBeLessThan(160_000);
});
