import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { freePort } from "../support/freePort.ts";
import { typeErrors } from "../support/typeErrors.ts";
import { blocks, commands } from "./blocks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = blocks(new URL("../../README.md", import.meta.url));
const shell = readme.filter(({ language }) => language === "sh").map(({ text }) => text);

/** What docs/conversations.md says to type. */
const conversations = blocks(new URL("../../docs/conversations.md", import.meta.url))
  .filter(({ language }) => language === "sh")
  .map(({ text }) => text)
  .join("\n");

/** The one shell block that has this command. */
function blockWith(command: string): string {
  const found = shell.filter((text) => text.includes(command));
  expect(found).toHaveLength(1);
  return found[0]!;
}

// A command takes seconds, more on a busy machine.
jest.setTimeout(300_000);

let project: string;
// Of its own, so that it disturbs no local Twilio that is in use.
let port: number;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "readme-"));
  const files = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { cwd: root })
    .toString()
    .split("\0")
    .filter((file) => file !== "" && !file.startsWith("tests/"));
  for (const file of files) {
    cpSync(join(root, file), join(project, file), { recursive: true, force: true });
  }
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  port = await freePort();
  const stack = join(project, "Pulumi.dev.yaml");
  writeFileSync(stack, readFileSync(stack, "utf8").replace(/127\.0\.0\.1:4100/g, `127.0.0.1:${port}`));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs a block as a person would paste it into a shell that stops at the first failure. */
async function run(script: string): Promise<{ code: number | null; output: string }> {
  const child = start(script);
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, output };
}

function start(script: string): ChildProcess {
  const { PULUMI_CONFIG_PASSPHRASE: _, PULUMI_BACKEND_URL: __, PULUMI_STACK: ___, ...env } = process.env;
  const path = [join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(":");
  return spawn("bash", ["-euo", "pipefail", "-c", script], {
    cwd: project,
    env: { ...env, PATH: path, PULUMI_SKIP_UPDATE_CHECK: "true", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

describe("the README's commands", () => {
  test("provision dev, look at a change of nothing, send a text to an agent, and take all away", async () => {
    const up = await run("npm run up");
    expect(up.output).toMatch(/Stack dev: \d+ created, \d+ adopted/);
    expect(up.code).toBe(0);
    const again = await run(blockWith("npm run preview\n"));
    expect(again.output.match(/Stack dev: no changes/g)).toHaveLength(2);
    expect(again.code).toBe(0);
    // An update that has nothing to record is not run at all, and leaves nothing in Pulumi's history.
    const history = readdirSync(join(project, ".pulumi/history/flex-messaging/dev"));
    expect(history.filter((file) => file.endsWith(".history.json"))).toHaveLength(1);
    const text = await run(blockWith("simulate sms"));
    expect(text.output).toContain("The message reached bob.");
    expect(text.code).toBe(0);
    const conversing = await run(conversations);
    expect(conversing.output).toMatch(
      /Conversation opened by address[\s\S]*The message reached bob\.[\s\S]*Nothing is broken on the way of this message\.[\s\S]*Nothing was found that would break messages\./,
    );
    expect(conversing.code).toBe(0);
    const route = await run(blockWith("-- route --task"));
    expect(route.output).toContain("It goes to pat.");
    const destroy = await run(blockWith("npm run destroy\n"));
    expect(destroy.output).toMatch(/\d+ deleted/);
    expect(destroy.code).toBe(0);
  });

  test("work with plain Pulumi beside a local Twilio that keeps running", async () => {
    const emulator = start(`${commands(blockWith("npm run emulator"))[0]} -- --port ${port}`);
    try {
      await said(emulator, /http:\/\/127\.0\.0\.1:\d+/);
      const session = await run(blockWith("npx pulumi preview"));
      expect(session).toMatchObject({ code: 0 });
    } finally {
      // As Ctrl-C does: the shell and all that it started.
      process.kill(-emulator.pid!, "SIGINT");
      await new Promise((resolve) => emulator.once("close", resolve));
    }
  });

  test("refuse the example account of staging with the way out, and do nothing", async () => {
    for (const command of commands(blockWith("npm run preview -- --stack staging")).filter((line) =>
      line.startsWith("npm"),
    )) {
      const outcome = await run(
        `export PULUMI_CONFIG_PASSPHRASE=x TWILIO_AUTH_TOKEN=x\n${command} --yes`.replace(
          /(preview.*) --yes/,
          "$1",
        ),
      );
      expect(outcome.code).not.toBe(0);
      expect(outcome.output).toContain("twilio:accountSid");
      expect(outcome.output).toContain("AC00000000000000000000000000000000");
    }
  });

  test("name scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/npm (?:run )?([a-z:-]+)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "run");
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(named).toContain("up");
  });
});

test("the README's program compiles", () => {
  const [program] = readme.filter(({ language }) => language === "ts");
  expect(typeErrors(program!.text, import.meta.url)).toEqual([]);
});

/** Waits until a program has said something. */
function said(child: ChildProcess, what: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      if (what.test(output)) resolve();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.on("error", reject);
    child.on("close", () => reject(new Error(`It ended before it said ${String(what)}:\n${output}`)));
  });
}
