import type { StackSettings } from "@pulumi/pulumi/automation/index.js";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { isSelfManaged } from "./backend.ts";

export interface PassphraseQuestion {
  stack: string;
  settings: StackSettings;
  backend: string;
  /** The stack is provisioned on the local Twilio, so nothing in it is worth a secret. */
  local: boolean;
  env?: NodeJS.ProcessEnv;
}

/**
 * The environment variable that Pulumi needs to open the stack's secrets, if
 * it is not set already: local stacks use an empty passphrase, others must be
 * told one.
 */
export function passphraseVariables(question: PassphraseQuestion): Record<string, string> {
  const { stack, settings, backend, local, env = process.env } = question;
  if (env["PULUMI_CONFIG_PASSPHRASE"] || env["PULUMI_CONFIG_PASSPHRASE_FILE"]) return {};
  if (!usesPassphrase(settings, backend)) return {};
  if (local) return { PULUMI_CONFIG_PASSPHRASE: "" };
  throw new Failure({
    what: `The secrets of stack "${stack}" need their passphrase.`,
    // A workflow whose secret is missing sets it to nothing, and everybody could open what nothing encrypts.
    why: "PULUMI_CONFIG_PASSPHRASE and PULUMI_CONFIG_PASSPHRASE_FILE are not set, or empty.",
    fix: "export PULUMI_CONFIG_PASSPHRASE_FILE=FILE, a file that only you can read, with the passphrase in it.",
    exitCode: ExitCode.usage,
  });
}

function usesPassphrase(settings: StackSettings, backend: string): boolean {
  const provider = settings.secretsProvider;
  if (provider) return provider === "passphrase";
  return (
    settings.encryptionSalt !== undefined || (settings.encryptedKey === undefined && isSelfManaged(backend))
  );
}
