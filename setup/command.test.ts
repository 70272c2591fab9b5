import { symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findOnPath, isExecutable, npmCommand, outerEnv, runCommand } from "./command.mjs";
import { TempProject } from "./temp-project.ts";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
});
afterEach(() => temp.remove());

const run = (script: string, env: NodeJS.ProcessEnv = {}, onLine?: (line: string) => void) =>
  runCommand("/bin/sh", ["-c", script], { cwd: temp.root, env, signal: temp.project.signal, onLine });

describe("a command", () => {
  test("gives its exit code and all it wrote", async () => {
    expect(await run("echo out; echo err >&2; exit 3")).toEqual({ code: 3, output: "out\nerr\n" });
  });

  test("that is not there has exit code 127", async () => {
    const { code, output } = await runCommand("no-such-command", [], { ...temp.project, cwd: temp.root });
    expect([code, output]).toEqual([127, "spawn no-such-command ENOENT"]);
  });

  test("shows no credentials, in its output or in its lines", async () => {
    const lines: string[] = [];
    const { output } = await run("echo a hunter2x b; printf 'c hunter2x'", { MY_TOKEN: "hunter2x" }, (line) =>
      lines.push(line),
    );
    expect(output).toBe("a *** b\nc ***");
    expect(lines).toEqual(["a *** b", "c ***"]);
  });

  test("that a signal ends says so", async () => {
    expect(await run("kill -KILL $$")).toEqual({ code: 128, output: "ended by SIGKILL" });
  });

  test("ends with all that it started", async () => {
    // The sleeping process holds the output open: the command would not end before it.
    const { code } = await run("/bin/sleep 600 & echo started; wait", {}, () => temp.stop());
    expect(code).toBe(128);
  });

  test("is not started any more after the stop", async () => {
    temp.stop();
    expect(await run("echo started > started")).toEqual({ code: 128, output: "/bin/sh was not started" });
    expect(() => temp.read("started")).toThrow("ENOENT");
  });
});

test.each([
  [["/a/node_modules/.bin", "/usr/bin"], ["/usr/bin"]],
  [["node_modules/.bin", "/usr/bin", "/b/node_modules/.bin"], ["/usr/bin"]],
  [
    ["/usr/bin", "/opt/my.bin"],
    ["/usr/bin", "/opt/my.bin"],
  ],
])("of PATH %j set-up steps get %j", (path, outer) => {
  expect(outerEnv({ PATH: path.join(delimiter), LANG: "C" })).toEqual({
    PATH: outer.join(delimiter),
    LANG: "C",
  });
});

test("PATH finds what can be run, and nothing else", () => {
  temp.file("path/text", "no program");
  temp.executable("path/empty", "");
  temp.executable("path/tool", "#!/bin/sh\n");
  symlinkSync("/", join(temp.bin, "folder"));
  const found = ["tool", "text", "empty", "folder", "none"].map((name) => findOnPath(name, temp.env));
  expect(found).toEqual([join(temp.bin, "tool"), undefined, undefined, undefined, undefined]);
  expect(isExecutable(join(temp.bin, "tool"))).toBe(true);
});

test.each([
  ["/n/npm-cli.js", (bin: string) => [join(bin, "node"), "/n/npm-cli.js"]],
  ["/n/yarn.js", () => ["npm"]],
  [undefined, () => ["npm"]],
])("run by %s, npm is called as it should be", (running, command) => {
  expect(npmCommand({ ...temp.env, npm_execpath: running })).toEqual(command(temp.bin));
});
