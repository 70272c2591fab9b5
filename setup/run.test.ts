import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { TempProject } from "./temp-project.ts";

let temp: TempProject;
let run: string;
beforeEach(() => {
  temp = new TempProject();
  run = temp.withSetup();
  // The download is out of reach: its name resolves to nothing in here.
  temp.file("offline.mjs", `globalThis.fetch = () => Promise.reject(new TypeError("fetch failed"));\n`);
});
afterEach(() => temp.remove());

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs setup/run.mjs; `onOutput` sees what it has written so far. */
function setUp(
  args: string[] = [],
  onOutput: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", join(temp.root, "offline.mjs"), run, ...args], {
      cwd: temp.root,
      env: { ...temp.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onOutput(stderr, (signal) => void child.kill(signal));
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const steady = (text: string): string =>
  text.replaceAll(temp.root, "ROOT").replaceAll(/\d+ ms|\d+\.\d s/g, "0 s");

describe("the set-up", () => {
  test("makes everything there, and the next one has nothing to do", async () => {
    temp.npm(temp.installed);
    temp.go("1.25.11");
    const first = await setUp();
    expect(first.stderr.split("\n").map(steady).sort()).toEqual(
      [
        "",
        "set-up: Pulumi 1.2.3: looking for its download",
        "set-up: Pulumi 1.2.3: built with Go (0 s)",
        "set-up: done (0 s)",
        "set-up: npm packages: installed 4 packages (0 s)",
        "set-up: npm packages: installing what package-lock.json says",
        "set-up: npx flex-stack: linked (0 s)",
        "set-up: npx flex-stack: linking it",
        "set-up: page: bundled, 48 kB (0 s)",
        "set-up: page: bundling the page of the local Twilio",
      ].sort(),
    );
    expect([first.code, first.stdout]).toEqual([0, ""]);
    expect(steady((await setUp()).stderr)).toBe("set-up: all there (0 s)\n");
    expect(temp.read("npm.log").split("\n")).toHaveLength(2);
  });

  test("is done once when two run at the same time", async () => {
    temp.npm(`${temp.installed}\nconst until = Date.now() + 300; while (Date.now() < until);`);
    temp.go("1.25.11");
    const both = await Promise.all([setUp(), setUp()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(temp.read("npm.log")).toBe("ci --include=dev --no-audit --no-fund\n");
    expect(temp.read("go.log").trim().split("\n")).toHaveLength(2);
  });

  test("ends what still runs when a part fails, with one message", async () => {
    temp.npm(`fs.writeFileSync("npm.pid", ""); setTimeout(() => fs.writeFileSync("npm.done", ""), 600_000);`);
    const { code, stderr } = await setUp();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\n\nPulumi 1\.2\.3 can't be installed\.\n {2}why: .* There is no Go on PATH\.\n {2}fix: .*\n$/,
    );
    expect(existsSync(join(temp.root, "npm.done"))).toBe(false);
  });

  test.each<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP"])(
    "%s ends it and leaves nothing half done",
    async (signal) => {
      temp.npm(`setTimeout(() => undefined, 600_000);`);
      temp.go("1.25.11", "exec /bin/sleep 600");
      let sent = false;
      const { code, stderr } = await setUp([], (text, kill) => {
        // Twice, as npm passes on what a terminal sends to all.
        if (text.includes("npm packages: ") && text.includes("Pulumi 1.2.3: ") && !sent) {
          sent = true;
          kill(signal);
          kill(signal);
        }
      });
      expect(code).toBe(128 + constants.signals[signal]);
      expect(stderr).toMatch(/\nset-up: stopped; what was finished stays\n$/);
      expect(existsSync(temp.pulumiHome)).toBe(false);
      expect(existsSync(`${temp.pulumiHome}.lock`)).toBe(false);
      expect(existsSync(join(temp.root, ".local", "set-up.lock"))).toBe(false);
    },
  );

  test("of the tests needs a browser, and that of a command does not", async () => {
    temp.npm(temp.installed);
    temp.go("1.25.11");
    temp.file("cli/main.ts", "0;\n");
    expect((await setUp(["flex-stack"])).code).toBe(0);
    const { code, stderr } = await setUp(["check"], undefined, { CHROME_PATH: "/nowhere" });
    expect(code).toBe(1);
    expect(stderr).toContain("\n\nThere is no browser for the tests.\n  why: ");
  });

  test("of a desktop needs Flex UI, and that of a look at its options does not", async () => {
    temp.npm(temp.installed);
    temp.go("1.25.11");
    temp.file("cli/main.ts", "0;\n");
    for (const help of ["--help", "-h"]) {
      const { code, stderr } = await setUp(["flex-stack", "flex-ui", help]);
      expect(stderr).not.toMatch(/plugin|Flex UI/);
      expect(code).toBe(0);
    }
    const { stderr } = await setUp(["flex-stack", "flex-ui"]);
    expect(stderr).toContain("set-up: npm packages of the plugin: ");
  });

  test("says so when it may not write", async () => {
    temp.npm(temp.installed);
    const home = temp.file("a-file", "");
    const { code, stderr } = await setUp([], undefined, { PULUMI_HOME: home });
    expect(code).toBe(1);
    expect(steady(stderr)).toContain("\n\nThe set-up can't use ROOT/a-file/versions.\n  why: ENOTDIR");
  });
});

describe("the runner", () => {
  beforeEach(() => {
    temp.npm(temp.installed);
    temp.go("1.25.11");
  });

  test.each([
    ["process.exitCode = 7", 7],
    ["process.kill(process.pid, 'SIGTERM')", 143],
    ["0", 0],
  ])("ends as its program does: %s", async (script, code) => {
    temp.file("cli/main.ts", `${script};\n`);
    expect((await setUp(["flex-stack"])).code).toBe(code);
  });

  test("passes arguments on, and runs on the project's Node.js with its tools", async () => {
    temp.file("cli/main.ts", `console.log(JSON.stringify([process.argv.slice(2), process.env.PATH]));\n`);
    const { stdout } = await setUp(["flex-stack", "up", "--stack", "a b", "--", "-v"]);
    expect(JSON.parse(stdout)).toEqual([
      ["up", "--stack", "a b", "--", "-v"],
      [join(temp.root, "node_modules", ".bin"), join(temp.pulumiHome, "bin"), temp.bin].join(":"),
    ]);
  });

  test("passes a signal on, and ends as its program answers it", async () => {
    temp.file(
      "cli/main.ts",
      `process.on("SIGINT", () => process.exit(130)); console.error("ready"); setTimeout(() => {}, 600_000);\n`,
    );
    const { code } = await setUp(
      ["flex-stack"],
      (text, kill) => void (text.includes("ready") && kill("SIGINT")),
    );
    expect(code).toBe(130);
  });

  test("ends its program when npm is gone that started it", async () => {
    const ended = join(temp.root, "ended");
    temp.file(
      "cli/main.ts",
      `import { writeFileSync } from "node:fs";
process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(ended)}, ""); process.exit(); });
console.log("ready");
setTimeout(() => {}, 600_000);
`,
    );
    // The last command keeps the shell from handing its process over.
    const npm = spawn("/bin/sh", ["-c", '"$0" "$@"; exit 0', process.execPath, run, "flex-stack"], {
      cwd: temp.root,
      env: { ...temp.env, npm_lifecycle_event: "emulator" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(npm.stdout, "data");
    npm.kill("SIGKILL");
    while (!existsSync(ended)) await sleep(50);
  });

  test("knows its programs", async () => {
    expect(await setUp(["flexstack"])).toEqual({
      code: 2,
      stdout: "",
      stderr: 'There is no "flexstack"; there are flex-stack, check, build-plugin, ci.\n',
    });
    expect(existsSync(join(temp.root, "npm.log"))).toBe(false);
  });
});
