import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { listen, TempProject } from "../temp-project.ts";
import { dependencies } from "./dependencies.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
});
afterEach(() => temp.remove());

const run = () => dependencies(temp.project).run(listen());

describe("npm packages", () => {
  test("are installed by the npm that runs, the compiler always among them", async () => {
    temp.npm(temp.installed);
    const step = dependencies(temp.project);
    expect(step.isDone()).toBe(false);
    expect(await step.run(listen())).toBe("installed 4 packages");
    expect(temp.read("npm.log")).toBe("ci --include=dev --no-audit --no-fund\n");
    expect(step.isDone()).toBe(true);
  });

  test.each<[string, (packages: Record<string, object>) => void, boolean]>([
    ["all is there but an optional one for other systems", () => undefined, true],
    [
      "one has another version",
      (all) => Object.assign(all["node_modules/node"]!, { version: "23.0.0" }),
      false,
    ],
    ["one has other contents", (all) => Object.assign(all["node_modules/node"]!, { integrity: "x" }), false],
    ["one is missing", (all) => delete all["node_modules/pulumi"], false],
  ])("when %s", async (_, change, done) => {
    temp.npm(temp.installed);
    await run();
    const record = join("node_modules", ".package-lock.json");
    const lock = JSON.parse(temp.read(record)) as { packages: Record<string, object> };
    change(lock.packages);
    temp.json(record, lock);
    expect(dependencies(temp.project).isDone()).toBe(done);
  });

  test.each([
    ["npm was stopped before it was done", ""],
    ["npm's record is cut off", '{"packages":'],
  ])("are not there when %s", (_, record) => {
    temp.file("node_modules/node/package.json", "{}");
    if (record) temp.file("node_modules/.package-lock.json", record);
    expect(dependencies(temp.project).isDone()).toBe(false);
  });
});

test("packages of a folder are installed there", async () => {
  temp.npm(
    `fs.mkdirSync("node_modules"); fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");`,
  );
  const step = dependencies(temp.project, { name: "npm packages of the plugin", folder: "plugin" });
  expect([step.name, step.isDone()]).toEqual(["npm packages of the plugin", false]);
  expect(await step.run(listen())).toBe("installed 0 packages");
  expect(temp.read("plugin/node_modules/.package-lock.json")).toBe(temp.read("plugin/package-lock.json"));
  expect(step.isDone()).toBe(true);
});

describe("a lock file", () => {
  test.each([
    [{ dependencies: { pulumi: "1.2.4", node: "24.0.0" } }, "dependencies"],
    [
      { dependencies: { pulumi: "1.2.3", node: "24.0.0" }, devDependencies: { jest: "1.0.0" } },
      "devDependencies",
    ],
  ])("that does not fit package.json %j is out of date", (packageJson, kind) => {
    temp.json("package.json", packageJson);
    expect(() => dependencies(temp.project).isDone()).toThrow(
      `The lock file is out of date.\n  why: package.json and package-lock.json have other ${kind}.\n  fix: Run npm install, and commit the package-lock.json it writes.`,
    );
  });

  test("that npm finds out of date is, in npm's words", async () => {
    temp.npm(
      `console.error("npm error code EUSAGE\\nnpm error\\nnpm error \`npm ci\` can only install packages when your package.json and package-lock.json are in sync.\\nnpm error A complete log of this run can be found in: x"); process.exit(1);`,
    );
    await expect(run()).rejects.toMatchObject({
      what: "The lock file is out of date.",
      why: "npm error code EUSAGE\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.",
    });
  });

  test.each([
    ["cut off", '{"packages":', "JSON"],
    ["of another age", '{"lockfileVersion":1}', "have other dependencies"],
  ])("that is %s is told", (_, text, why) => {
    temp.file("package-lock.json", text);
    expect(() => dependencies(temp.project).isDone()).toThrow(why);
  });

  test("that is missing can be taken back", () => {
    rmSync(join(temp.root, "package-lock.json"));
    expect(() => dependencies(temp.project).isDone()).toThrow(
      /^package-lock\.json can't be read\.\n {2}why: ENOENT.*\n {2}fix: Take it back from git: git checkout package-lock\.json$/,
    );
  });
});

describe("an npm that fails", () => {
  test.each([
    ["npm error code ENOSPC\nnpm error nospc no space left on device", /^Free some space on the disk/],
    [
      "npm error code ENOTFOUND\nnpm error network request to https://r failed",
      /^Check the connection to the npm registry/,
    ],
    ["npm error code EAI_AGAIN", /^Check the connection to the npm registry/],
    ["npm error code E500", /^Run npm ci to see all of npm's output/],
    ["segfault", /^Run npm ci to see all of npm's output/],
  ])("with %j says what to do", async (output, fix) => {
    temp.npm(`console.error(${JSON.stringify(output)}); process.exit(1);`);
    await expect(run()).rejects.toMatchObject({
      what: "The npm packages can't be installed.",
      why: output,
      fix: expect.stringMatching(fix),
    });
  });

  test("without a word says how it ended", async () => {
    temp.npm("process.exit(9);");
    await expect(run()).rejects.toMatchObject({ why: "npm ended with 9." });
  });

  test("shows no credentials", async () => {
    temp.npm(
      `console.error("npm error code E401\\nnpm error https://ann:hunter2x@registry/p with sesame-open"); process.exit(1);`,
    );
    const project = { ...temp.project, env: { ...temp.env, NPM_TOKEN: "sesame-open" } };
    await expect(dependencies(project).run(listen())).rejects.toMatchObject({
      why: "npm error code E401\nnpm error https://***@registry/p with ***",
    });
  });

  test("because there is none is told", async () => {
    const project = { ...temp.project, env: { ...temp.env, npm_execpath: undefined } };
    await expect(dependencies(project).run(listen())).rejects.toMatchObject({
      why: "There is no npm on this machine's PATH.",
      fix: "Install Node.js 20 or newer, which brings npm, and run the command again.",
    });
  });
});

test("a project that is copied with its packages needs no npm", async () => {
  temp.npm(temp.installed);
  await run();
  const copy = new TempProject();
  try {
    cpSync(join(temp.root, "node_modules"), join(copy.root, "node_modules"), { recursive: true });
    expect(dependencies(copy.project).isDone()).toBe(true);
  } finally {
    copy.remove();
  }
});
