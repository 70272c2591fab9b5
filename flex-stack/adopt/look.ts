import { withAccount } from "../account/account.ts";
import { configValue } from "../project/settings.ts";
import type { StackRun } from "../session/stack-run.ts";
import { adoptionOf, type Adoption } from "./adoption.ts";
import { definitionFile } from "./files.ts";
import { projectSetting } from "./project-setting.ts";
import { readAccount } from "./read-account.ts";

/** An account that was read, and how it becomes a stack. */
export interface Look {
  readonly adoption: Adoption;
  readonly accountSid: string;
  readonly endpoint: string | undefined;
  /** Requests that it took. */
  readonly calls: number;
  readonly milliseconds: number;
}

/** Reads the account of a stack; nothing but GET is sent. */
export async function look(run: StackRun): Promise<Look> {
  const { session } = run;
  const started = performance.now();
  return withAccount(run, async (account) => {
    const found = await readAccount(account);
    const { accountSid, endpoint, calls } = account;
    const adoption = adoptionOf(found, {
      stack: session.name,
      accountSid,
      endpoint,
      // Whoever takes over an account that works wants it to go on working.
      protect: configValue(session.settings, "flex-messaging:protect") !== "false",
      readsConfiguration: projectSetting(session, "config", "flex-messaging:routing") !== undefined,
      definitionFile: definitionFile(session.name),
    });
    return { adoption, accountSid, endpoint, calls, milliseconds: performance.now() - started };
  });
}
