import { hostname } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { pulumiFailure } from "./pulumi-failure.ts";
import { PulumiExit } from "./pulumi-process.ts";

const told = (stderr: string, code = 255, stdout = "") =>
  pulumiFailure(new PulumiExit({ code, stdout, stderr }), "dev");
const locked = (host: string, pid: number) =>
  `error: the stack is currently locked by 1 lock(s). Either wait …\n  file:///x.json: created by ann@${host} (pid ${pid}) at 2026-11-24T00:00:00Z\n`;

const cancel = "Wait for it to end. If it was killed: npx pulumi cancel --yes --stack dev";

describe("what Pulumi says before it gives up", () => {
  test.each([
    ["error: no stack named 'dev' found\n", 6, 'There is no stack "dev".'],
    [
      "error: could not create stack: An IO error occurred: write /p/.pulumi/meta.yaml.1.tmp: no space left on device\n",
      1,
      "/p/.pulumi/meta.yaml.1.tmp can't be written: the disk is full.",
    ],
    ["error: mkdir /p/.pulumi: read-only file system\n", 1, "/p/.pulumi can't be written."],
    [
      "error: getting stack configuration: get stack secrets manager: incorrect passphrase\n",
      1,
      'The passphrase does not open the secrets of stack "dev".',
    ],
    [
      "error: getting stack configuration: get stack secrets manager: malformed state value\n",
      2,
      "encryptionsalt in Pulumi.dev.yaml is damaged.",
    ],
    [
      "error: validating stack config: bad value: nonce size is incorrect\n",
      2,
      'A secret of stack "dev" can\'t be decrypted.',
    ],
    [
      "error: validating stack config: cipher: message authentication failed\n",
      2,
      'A secret of stack "dev" can\'t be decrypted.',
    ],
    [
      "error: stack 'organization/flex-messaging/dev' already exists\n",
      1,
      'Another run has just created stack "dev".',
    ],
    [
      "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions\n",
      3,
      "Pulumi is not logged in to the state backend.",
    ],
    [
      "error: [401] Unauthorized: No credentials provided\n",
      3,
      "Pulumi is not logged in to the state backend.",
    ],
    [
      "error: validating stack config: Stack 'dev' with configuration key 'flex-messaging:protect' must be of type 'boolean'\n",
      2,
      "flex-messaging:protect must be of type boolean.",
    ],
    [
      "error: validating stack config: Stack 'dev' is missing configuration values 'f:chat', 'f:proxy' and 'f:routing'\n",
      2,
      "Pulumi.dev.yaml lacks f:chat, f:proxy and f:routing.",
    ],
    [
      "error: unknown flag: --polcy\n",
      2,
      'Pulumi does not know an option that was given after "--": unknown flag: --polcy.',
    ],
    [
      "error: [409] Conflict: Another update is currently in progress.\n",
      1,
      'Stack "dev" is locked by another run.',
    ],
    [
      "error: failed to load language plugin nodejs: not found\n",
      1,
      "Pulumi lacks a part that set-up puts in place.",
    ],
    [
      "error: could not unmarshal 'Pulumi.dev.yaml': yaml: line 3: x\n",
      2,
      "A configuration file of the stack can't be read.",
    ],
    ['error: Get "https://x": dial tcp: lookup x: no such host\n', 1, "The state backend can't be reached."],
    ["warning: old\nerror: something new\n  more\n", 255, "something new\n  more"],
    ["", 255, "Pulumi failed without saying why (exit code 255)."],
  ])("%p", (stderr, exitCode, what) => {
    expect(told(stderr)).toMatchObject({ exitCode, what });
  });

  test("on stdout is heard too", () => {
    expect(told("", 1, "Updating\nerror: broken\n").what).toBe("broken");
  });

  test.each([
    ["another machine", locked("elsewhere.example", 1), "(process 1).", cancel],
    [
      "a process that is gone",
      locked(hostname(), 2 ** 22 + 1),
      ", which has ended without unlocking).",
      "Run it again: what it left is put in order.",
    ],
    [
      "a process that runs",
      locked(hostname(), process.pid),
      `(process ${process.pid}).`,
      "Run it again: it waits for that one, and sees what it changed.",
    ],
  ])("about a lock of %s", (_, stderr, end, fix) => {
    const failure = told(stderr);
    expect(failure.why?.endsWith(end)).toBe(true);
    expect(failure.fix).toBe(fix);
  });
});
