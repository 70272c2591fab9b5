import { accountSettings, UnsaidAccount } from "../account/settings.ts";
import { Failure } from "../failure/failure.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { StackSession } from "../session/stack-session.ts";
import { placed } from "./own-places.ts";
import { ownProviders } from "./own-providers.ts";
import { things } from "./things.ts";

/**
 * Why a command can't read a stack's account, where the configuration says nothing of one: a program that makes its
 * provider itself needs no settings there, and Pulumi alone knows the provider's.
 *
 * @returns `thrown` itself, where it is something else
 */
export async function explainUnsaid({ session }: StackRun, thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof UnsaidAccount)) return thrown;
  const { name: stack } = session;
  const [own] = ownProviders((await session.deployed()) ?? []);
  if (own === undefined) return thrown;
  const { name, recorded, resources } = own;
  const set = (setting: string, value: string): string =>
    `npx pulumi config set ${setting} ${value} --stack ${stack}`;
  return new Failure({
    what: `This command reads the account that twilio:* leads to, and in stack "${stack}" that leads nowhere.`,
    why:
      `The program makes its provider "${name}" itself, with ${things(resources.length)} ${placed(recorded)}, and what ` +
      "it gives that provider is known to Pulumi alone.",
    fix: [
      "Have twilio:* lead to the same account:",
      set("twilio:accountSid", recorded.accountSid ?? "AC…"),
      ...(recorded.endpoint === undefined ? [] : [set("twilio:endpoint", recorded.endpoint)]),
      session.local
        ? set("twilio:authToken", "TOKEN")
        : `npx pulumi config set --secret twilio:authToken --stack ${stack}`,
      "or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment.",
    ].join("\n"),
    exitCode: thrown.exitCode,
    cause: thrown,
  });
}

/** Whether neither the configuration nor the environment says which account it is, or with which credentials. */
export async function isUnsaid(
  session: Pick<StackSession, "name" | "settings" | "runPulumi">,
): Promise<boolean> {
  try {
    await accountSettings(session);
    return false;
  } catch (error) {
    if (error instanceof UnsaidAccount) return true;
    throw error;
  }
}
