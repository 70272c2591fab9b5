import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { listen, TempProject } from "../temp-project.ts";
import { node } from "./node.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
  temp.json("node_modules/node/package.json", { version: "24.0.0" });
});
afterEach(() => temp.remove());

const script = "node_modules/node/installArchSpecificPackage.js";
const writes = (program: string): string => `
const fs = require("node:fs");
fs.mkdirSync("bin");
fs.writeFileSync("bin/node", ${JSON.stringify(program)}, { mode: 0o755 });`;

test("Node.js that npm fetched is there", () => {
  temp.executable("node_modules/node/bin/node", "#!/bin/sh\n");
  expect(node(temp.project).isDone()).toBe(true);
});

test("Node.js that npm left out is fetched", async () => {
  temp.file(script, writes("#!/bin/sh\necho v24.0.0\n"));
  const step = node(temp.project);
  expect(step.isDone()).toBe(false);
  expect(await step.run(listen())).toBe("v24.0.0 is there");
  expect(step.isDone()).toBe(true);
});

test.each([
  ["its script is missing", undefined, /installArchSpecificPackage\.js is missing$/],
  ["its script fails", `console.error("no such architecture"); process.exit(1);`, /^no such architecture$/],
  ["its script does nothing", "", /^It ended with 0\.$/],
  ["what it fetches does not run here", writes("#!/bin/sh\necho bad libc; exit 1\n"), /^bad libc$/],
])("it fails when %s", async (_, text, why) => {
  if (text !== undefined) temp.file(script, text);
  await expect(node(temp.project).run(listen())).rejects.toMatchObject({
    what: 'Node.js 24.0.0 can\'t be installed from the npm package "node".',
    why: expect.stringMatching(why),
    fix: expect.stringContaining("npm config get ignore-scripts"),
  });
});
