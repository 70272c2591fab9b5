import {
  compareWhereabouts,
  nameOfWhereabouts,
  shortIdentity,
  type Whereabouts,
} from "../../provider/access.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { Configured } from "./recorded-place.ts";
import { things } from "./things.ts";
import { whatListens, type OwnProvider } from "./own-providers.ts";

/** A local Twilio at a provider's recorded endpoint that is not the one of its resources. */
export interface Lost {
  readonly provider: OwnProvider;
  /** Identity of the one that listens there. */
  readonly there: string;
}

/** Of the providers that a program makes, those whose local Twilio was thrown away or gave its port to another. */
export async function lostProviders(own: readonly OwnProvider[], stack: string): Promise<readonly Lost[]> {
  const found = await Promise.all(
    own.map(async (provider) => ({ provider, there: await whatListens(provider, stack) })),
  );
  return found.flatMap(({ provider, there }) =>
    there === undefined || there === provider.recorded.localTwilio ? [] : [{ provider, there }],
  );
}

/** @param all Nothing of the stack is anywhere else */
export function lostFailure({ provider, there }: Lost, stack: string, all: boolean): Failure {
  const { name, recorded, resources } = provider;
  const was = shortIdentity(recorded.localTwilio ?? "");
  return new Failure({
    what: `The resources of provider "${name}" of stack "${stack}" are not in the local Twilio at ${recorded.endpoint}.`,
    why: `Its state records ${things(resources.length)} in the local Twilio ${was}; the one that listens there is ${shortIdentity(there)}: its database was thrown away, or another folder's listens there.`,
    fix: [
      `npx flex-stack up --refresh --stack ${stack} makes them anew in this one;`,
      ...(all ? [`npx flex-stack destroy --refresh --stack ${stack} forgets what is recorded;`] : []),
      `to go on with ${was}, end this one and run npm run emulator in the folder that has its .local/twilio.db.`,
    ].join("\n"),
    exitCode: ExitCode.elsewhere,
  });
}

/** Those whose resources are not in the account that the configuration leads to, which is all that commands can read. */
export function providersApart(own: readonly OwnProvider[], configured: Configured): readonly OwnProvider[] {
  return own.filter(({ recorded }) => compareWhereabouts(recorded, configured).kind === "other");
}

/** Nothing of the stack is where the configuration leads. */
export function apartFailure(
  { name, recorded }: OwnProvider,
  stack: string,
  count: number,
  configured: Configured,
): Failure {
  const says = configured.accountSid !== undefined || configured.endpoint !== undefined;
  const set = (setting: string, value = ""): string =>
    `npx pulumi config set twilio:${setting} ${value} --stack ${stack}`;
  return new Failure({
    what: `The resources of stack "${stack}" are not where its configuration leads.`,
    why:
      `Provider "${name}" of its program has ${things(count)} ${placed(recorded)}; what this command ` +
      `reads is ${says ? `account ${configured.accountSid ?? "of the environment"} at ${nameOfWhereabouts(configured)}` : "said by twilio:*, and that says nothing"}.`,
    fix: [
      "Have twilio:* lead to what the provider leads to, with credentials of that account:",
      set("accountSid", recorded.accountSid),
      recorded.endpoint === undefined
        ? `npx pulumi config rm twilio:endpoint --stack ${stack}`
        : set("endpoint", recorded.endpoint),
    ].join("\n"),
    exitCode: ExitCode.elsewhere,
  });
}

/** What a command that reads one account leaves out. */
export function apartText({ name, recorded, resources }: OwnProvider): string {
  return `Provider "${name}" has ${things(resources.length)} ${placed(recorded)}, not where the configuration leads: left out.`;
}

/** `in account AC… at the local Twilio …` */
export function placed(recorded: Whereabouts): string {
  const account = recorded.accountSid === undefined ? "" : `in account ${recorded.accountSid} `;
  return `${account}at ${nameOfWhereabouts(recorded)}`;
}
