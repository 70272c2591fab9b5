import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ROOT } from "../project.mjs";
import { listen, TempProject } from "../temp-project.ts";
import { flexStack } from "./flex-stack.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
  temp.executable("cli/flex-stack.js", "#!/bin/sh\necho the command line\n");
});
afterEach(() => temp.remove());

const link = () => join(temp.root, "node_modules/.bin/flex-stack");

test.each<[string, () => void]>([
  ["nothing", () => undefined],
  ["a file", () => temp.file("node_modules/.bin/flex-stack", "other")],
  [
    "a link to somewhere else",
    () => {
      mkdirSync(join(temp.root, "node_modules/.bin"), { recursive: true });
      symlinkSync("../gone/flex-stack.js", link());
    },
  ],
])("is linked where there is %s", async (_, prepare) => {
  prepare();
  const step = flexStack(temp.project);
  expect(step.isDone()).toBe(false);
  expect(await step.run(listen())).toBe("linked");
  expect(step.isDone()).toBe(true);
  expect(spawnSync(link(), { encoding: "utf8" }).stdout).toBe("the command line\n");
});

test("the project's own can be run as a program", () => {
  const { status, stdout } = spawnSync(join(ROOT, "cli/flex-stack.js"), ["--help"], { encoding: "utf8" });
  expect([status, stdout.split("\n")[0]]).toEqual([0, "Usage: flex-stack [options] [command]"]);
});
