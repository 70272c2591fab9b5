import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { listen, TempProject } from "../temp-project.ts";
import { flexUi } from "./flex-ui.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
  const folder = "plugin/desktop/flex-ui-2";
  temp.json(`${folder}/package.json`, {});
  temp.json(`${folder}/package-lock.json`, { packages: { "": {} } });
  temp.file(`${folder}/entry.js`, "entry");
  temp.file(`${folder}/node-globals.js`, "globals");
  temp.json(`${folder}/node_modules/.package-lock.json`, { packages: {} });
});
afterEach(() => temp.remove());

const step = () => flexUi(temp.project, { plugin: Promise.resolve() });
const bundler = (text: string) => temp.file("plugin/desktop/flex-ui-2/bundle.mjs", text);
const file = "plugin/desktop/dist/flex-ui-2.js";

test("the bundle is made, its packages are removed, and nothing is done again", async () => {
  bundler(`import { writeFileSync } from "node:fs"; writeFileSync(process.argv[2], "flex");`);
  expect(step().isDone()).toBe(false);
  expect(await step().run(listen())).toBe("bundled, 0 MB");
  expect([temp.read(file), step().isDone()]).toEqual(["flex", true]);
  expect(existsSync(join(temp.root, "plugin/desktop/flex-ui-2/node_modules"))).toBe(false);
});

test("other packages, or another way to bundle them, make another bundle", async () => {
  bundler(`import { writeFileSync } from "node:fs"; writeFileSync(process.argv[2], "flex");`);
  await step().run(listen());
  temp.file("plugin/desktop/flex-ui-2/entry.js", "another");
  expect(step().isDone()).toBe(false);
});

test("a bundler that fails leaves no bundle, and says why", async () => {
  bundler(`console.error("Could not resolve react"); process.exit(1);`);
  await expect(step().run(listen())).rejects.toMatchObject({
    what: "Flex UI 2 can't be bundled.",
    why: "Could not resolve react",
    fix: expect.stringContaining("Remove plugin/desktop/flex-ui-2/node_modules"),
  });
  expect([existsSync(join(temp.root, file)), step().isDone()]).toEqual([false, false]);
});
