import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { pulumiIn } from "./runPulumi.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stand-in for Pulumi. */
const run = (script: string, env: NodeJS.ProcessEnv = {}, patience?: number) => {
  const file = join(folder, "pulumi");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  const path = [folder, process.env["PATH"]].join(delimiter);
  return pulumiIn(folder, { PATH: path, ...env }, patience)("stack", "export");
};

test("runs in the project's folder and gives what is printed, on standard output alone", async () => {
  expect(await run('echo "$PWD $*"; echo noise >&2')).toBe(`${folder} stack export --non-interactive\n`);
});

test("has the backend and passphrase, and no credentials of Twilio", async () => {
  const env = {
    PULUMI_BACKEND_URL: "b",
    TWILIO_AUTH_TOKEN: "hush",
    PULUMI_CONFIG: "hush",
    PULUMI_CONFIG_PASSPHRASE: "p",
  };
  const text = await run("env", env);
  expect(text).toContain("PULUMI_BACKEND_URL=b");
  expect(text).toContain("PULUMI_CONFIG_PASSPHRASE=p");
  expect(text).not.toContain("hush");
});

test.each([
  [
    "its first line",
    "echo 'error: no stack named x found' >&2; echo more >&2; exit 6",
    "no stack named x found",
  ],
  [
    "no password of a backend",
    "echo 'error: dial postgres://me:pw@db/x' >&2; exit 1",
    "dial postgres://[secret]@db/x",
  ],
  ["the exit code where it says nothing", "exit 3", "pulumi ended with exit code 3"],
])("fails with %s", async (_, script, message) => {
  await expect(run(script)).rejects.toThrow(message);
});

test("says that Pulumi is not there", async () => {
  const none = pulumiIn(folder, { PATH: folder })("stack", "ls");
  await expect(none).rejects.toThrow("pulumi is not on the search path");
});

test("waits no longer than it has patience, also where what Pulumi started holds on to its output", async () => {
  const began = Date.now();
  await expect(run("trap '' TERM; sleep 3 & wait", {}, 200)).rejects.toThrow("no answer within 0.2 seconds");
  expect(Date.now() - began).toBeLessThan(2500);
});
