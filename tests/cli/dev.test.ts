import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, jest, test } from "@jest/globals";
import { useProject } from "../support/useProject.ts";

// `flex-stack dev`, as somebody uses it: files are saved, customers write.

const root = fileURLToPath(new URL("../..", import.meta.url));
const project = useProject();
let dev: ChildProcess | undefined;
let said = "";
let read = 0;

/** What was said until a text came, since the last call. */
async function until(text: string): Promise<string> {
  while (!said.includes(text, read)) {
    if (dev?.exitCode !== null) throw new Error(`It ended with ${dev?.exitCode}:\n${said}`);
    await sleep(50);
  }
  const from = read;
  read = said.indexOf(text, read) + text.length;
  return said.slice(from, read);
}

async function edit(from: string, to: string): Promise<void> {
  await project.write("Pulumi.dev.yaml", (await project.read("Pulumi.dev.yaml")).replace(from, to));
}

afterAll(() => void dev?.kill("SIGKILL"));

test("brings the stack up, and watches", async () => {
  const words = [join(root, "cli/main.ts"), "dev", "--cwd", project.folder];
  const env = { ...process.env, NO_COLOR: "1", PULUMI_BACKEND_URL: `file://${project.folder}` };
  dev = spawn(join(root, "node_modules/.bin/node"), words, { env, cwd: project.folder });
  for (const stream of [dev.stdout, dev.stderr])
    stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const first = await until("Ctrl-C stops.");
  expect(first).toContain(`Open ${project.emulator.url}/\n`);
  expect(first).toMatch(/Stack dev: \d+ created, \d+ adopted/);
});

test("applies what is saved, and goes on after what can't be", async () => {
  await edit("friendlyName: Support,", "friendlyName: Support desk,");
  const changed = await until("Ctrl-C stops.");
  expect(changed).toMatch(
    /Pulumi\.dev\.yaml changed\.[^]*~ updated +taskrouter\.TaskQueue +flex-routing-queue-support/,
  );
  await edit("friendlyName: Support desk,", "friendlyName: [,");
  expect(await until("Ctrl-C stops.")).toMatch(
    /Correct the YAML[^]*up ended with 2\. Save a correction, and it runs again/,
  );
  await edit("friendlyName: [,", "friendlyName: Support,");
  expect(await until("Ctrl-C stops.")).toMatch(/Stack dev: 1 updated/);
});

test("tells what happens to a message", async () => {
  const { url } = project.emulator;
  const json = { from: "+14155550170", to: "+14155550142", body: "Hello", mediaUrls: [] };
  await fetch(`${url}/_emulator/messages`, { method: "POST", body: JSON.stringify(json) });
  const told = await until("waits for a reply");
  expect(told).toMatch(/^SM\w{32} {2}http:\/\/127\.0\.0\.1:\d+\/#\/journey\/SM\w{32}$/m);
  expect(told).toContain("✓ number  Message received on +14155550142");
  expect(told).toContain("“Hello”\n");
  expect(told).toMatch(/✓ studio +Studio execution started/);
});

test("ends with Ctrl-C, and leaves the local Twilio that ran before", async () => {
  dev?.kill("SIGINT");
  const code = await new Promise((resolve) => dev?.once("exit", resolve));
  expect(code).toBe(0);
  expect((await fetch(`${project.emulator.url}/_emulator/health`)).status).toBe(200);
});

test.each<[string[], number, RegExp]>([
  [
    ["--forward", "localhost"],
    2,
    /--forward "localhost" can't be used\.[^]*Give the address of your program/,
  ],
  [["--stack", "nowhere"], 6, /nowhere/],
])("refuses %j", async (words, code, message) => {
  const ended = await project.flexStack("dev", ...words);
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
});

test("is not for a real account", async () => {
  const account = `twilio:accountSid: AC${"1".repeat(32)}\n  twilio:authToken: none`;
  await project.write("Pulumi.real.yaml", `config:\n  ${account}\n`);
  // A real account's secrets are behind a passphrase of one's own.
  const replaced = jest.replaceProperty(process, "env", { ...process.env, PULUMI_CONFIG_PASSPHRASE: "own" });
  const ended = await project.flexStack("dev", "--stack", "real").finally(() => replaced.restore());
  expect([ended.code, ended.stderr]).toEqual([
    2,
    expect.stringContaining('Stack "real" is on a real account'),
  ]);
});
