import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { blocks, commands } from "./blocks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const all = blocks(new URL("../../CONTRIBUTING.md", import.meta.url))
  .filter(({ language }) => language === "sh")
  .flatMap(({ text }) => commands(text));
const emulator = all.filter((command) => command.startsWith("npm run emulator"));
/** Checks of the whole project, which `npm test` makes itself. */
const whole: Readonly<Record<string, string>> = {
  "npm run format": "prettier",
  "npm run lint": "eslint",
  "npm run typecheck": "tsc",
};
const short = all.filter((command) => !emulator.includes(command) && whole[command] === undefined);

jest.setTimeout(300_000);

let project: string;

/** Some write files that other tests read, so that they work on a copy. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "contributing-"));
  const files = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { cwd: root });
  for (const file of files.toString().split("\0").filter(Boolean)) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(project, file), { recursive: true });
  }
  for (const folder of ["node_modules", "plugin/node_modules"])
    symlinkSync(join(root, folder), join(project, folder));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function start(command: string) {
  const child = spawn("bash", ["-euo", "pipefail", "-c", command], {
    cwd: project,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said.text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, said, ended };
}

test("there are commands of every kind", () => {
  expect(emulator).toHaveLength(1);
  expect(short.length).toBeGreaterThan(8);
  expect(all.filter((command) => whole[command] !== undefined)).toEqual(Object.keys(whole));
});

test.each(short)("%s", async (command) => {
  const { said, ended } = start(command);
  const code = await ended;
  expect({ code, said: code === 0 ? "" : said.text }).toEqual({ code: 0, said: "" });
  // Of the tests some ran, and all of those passed.
  if (command.startsWith("npm test")) expect(said.text).toMatch(/\n[1-9]\d* passed, 0 failed\n/);
});

test("what the generators write is what is committed", () => {
  for (const file of ["docs/parity.md", "docs/policies.md", "sdks/twilio/index.ts"])
    expect(readFileSync(join(project, file), "utf8")).toBe(readFileSync(join(root, file), "utf8"));
});

test.each(emulator)("%s", async (command) => {
  const { child, said, ended } = start(command);
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", () => /127\.0\.0\.1:\d+/.test(said.text) && resolve());
      child.on("close", () => reject(new Error(said.text)));
    });
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(said.text) ?? [];
    const answer = await fetch(`http://127.0.0.1:${port}/_emulator/requests`);
    expect(answer.status).toBe(200);
  } finally {
    process.kill(-child.pid!, "SIGINT");
    await ended;
  }
});

test.each(Object.entries(whole))("%s is a check of npm test", (command, program) => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts[command.replace("npm run ", "")]).toContain(program);
  expect(readFileSync(join(root, "setup/checks/main.mjs"), "utf8")).toContain(`bin("${program}")`);
});
