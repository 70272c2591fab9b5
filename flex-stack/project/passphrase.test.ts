import { describe, expect, test } from "@jest/globals";
import type { StackSettings } from "@pulumi/pulumi/automation/index.js";
import { passphraseVariables } from "./passphrase.ts";

const salted: StackSettings = { encryptionSalt: "v1:x" };
const file = "file://.";
const cloud = "https://api.pulumi.com";
const ask = (settings: StackSettings, backend: string, local: boolean, env: NodeJS.ProcessEnv = {}) =>
  passphraseVariables({ stack: "dev", settings, backend, local, env });

describe("the passphrase", () => {
  test.each<[string, StackSettings, string, boolean, NodeJS.ProcessEnv, Record<string, string>]>([
    ["is empty for a local stack", salted, file, true, {}, { PULUMI_CONFIG_PASSPHRASE: "" }],
    ["is empty for a new local stack", {}, file, true, {}, { PULUMI_CONFIG_PASSPHRASE: "" }],
    ["is left as it is set", salted, file, false, { PULUMI_CONFIG_PASSPHRASE: "p" }, {}],
    ["is left to its file", salted, file, false, { PULUMI_CONFIG_PASSPHRASE_FILE: "/p" }, {}],
    ["is not needed with Pulumi Cloud", {}, cloud, false, {}, {}],
    [
      "is not needed with a key service",
      { secretsProvider: "awskms://k", encryptedKey: "k" },
      "s3://b",
      false,
      {},
      {},
    ],
  ])("%s", (_, settings, backend, local, env, expected) => {
    expect(ask(settings, backend, local, env)).toEqual(expected);
  });

  test.each<[string, StackSettings, string]>([
    ["a stack that has a salt", salted, cloud],
    ["a stack that names the passphrase provider", { secretsProvider: "passphrase" }, cloud],
    ["a new stack on a backend without keys", {}, "s3://bucket"],
  ])("must be given for %s", (_, settings, backend) => {
    for (const env of [{}, { PULUMI_CONFIG_PASSPHRASE: "" }])
      expect(() => ask(settings, backend, false, env)).toThrow(
        'The secrets of stack "dev" need their passphrase.',
      );
  });
});
