import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { TempProject } from "../temp-project.ts";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
  temp.withSetup();
});
afterEach(() => temp.remove());

/** Runs the step on a copy, whose compiler this script stands in for. */
function run(build: string): string {
  temp.file(
    "provider/sdk/build.js",
    `import { existsSync, writeFileSync } from "node:fs";
export const sdkIsBuilt = () => existsSync("built");
if (process.argv[1].endsWith("build.js")) { ${build} }`,
  );
  const step = temp.file(
    "step.mjs",
    `import { sdk } from "./setup/steps/sdk.mjs";
const step = sdk({ root: process.cwd(), env: process.env, signal: new AbortController().signal });
const said = await step.run({ update() {} }).catch((error) => error.message);
console.log(JSON.stringify([said, step.isDone()]));`,
  );
  return spawnSync(process.execPath, [step], { cwd: temp.root, encoding: "utf8" }).stdout.trim();
}

test("the SDK is compiled", () => {
  expect(run(`writeFileSync("built", "");`)).toBe('["compiled",true]');
});

test("an SDK that does not compile says so and how to get it back", () => {
  expect(run(`console.error("index.ts(1,1): no"); process.exit(1);`)).toBe(
    JSON.stringify([
      "@pulumi/twilio can't be compiled.\n  why: index.ts(1,1): no\n  fix: Take sdks/twilio back from git, or generate it from the provider's schema: npm run sdk",
      false,
    ]),
  );
});
