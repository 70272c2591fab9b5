import { readConfiguration, type Configuration } from "../../provider/access.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { configValue } from "../project/settings.ts";
import { credentialExit } from "./credential-exit.ts";
import { pulumiFailure } from "../pulumi/pulumi-failure.ts";
import { PulumiExit } from "../pulumi/pulumi-process.ts";
import type { StackSession } from "../session/stack-session.ts";

/** The configuration and the environment do not say which account it is, or with which credentials. */
export class UnsaidAccount extends Failure {}

/** Which account a stack acts on and how to reach it, resolved as the provider does. */
export async function accountSettings(
  session: Pick<StackSession, "name" | "settings" | "runPulumi">,
): Promise<Configuration> {
  const values = await accountValues(session);
  const { configuration, failures } = readConfiguration(values, process.env);
  if (configuration !== undefined) return configuration;
  const told = failures.map(({ property, reason }) => `twilio:${property} ${reason}`);
  const detail = {
    what: `Stack "${session.name}" does not say how to reach its account.`,
    why: told.join("\n"),
  };
  if (told.every((text) => credentialExit(text) === ExitCode.authentication))
    throw new UnsaidAccount({ ...detail, exitCode: ExitCode.authentication });
  throw new Failure({ ...detail, exitCode: ExitCode.usage });
}

/** `twilio:*` of the stack's configuration. Pulumi is only asked where a value is not in plain sight. */
export async function accountValues(
  session: Pick<StackSession, "name" | "settings" | "runPulumi">,
): Promise<Record<string, string>> {
  const { project, stack } = session.settings;
  const hidden =
    Object.entries(stack.config ?? {}).some(
      ([key, value]) => key.startsWith("twilio:") && typeof value === "object",
    ) || Reflect.has(stack, "environment");
  if (hidden) return decrypted(session);
  const keys = [...Object.keys(stack.config ?? {}), ...Object.keys((project.config ?? {}) as object)];
  return withoutNamespace(
    keys.flatMap((key) => {
      const value = configValue(session.settings, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

async function decrypted(session: Pick<StackSession, "name" | "runPulumi">): Promise<Record<string, string>> {
  try {
    const words = ["config", "--show-secrets", "--json", "--stack", session.name];
    const { stdout } = await session.runPulumi(...words);
    const entries = JSON.parse(stdout) as Record<string, { value?: string }>;
    return withoutNamespace(Object.entries(entries).map(([key, { value = "" }]) => [key, value]));
  } catch (error) {
    throw error instanceof PulumiExit ? pulumiFailure(error, session.name) : error;
  }
}

function withoutNamespace(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const own = entries.filter(([key]) => key.startsWith("twilio:"));
  return Object.fromEntries(own.map(([key, value]) => [key.slice("twilio:".length), value]));
}
