import type { StackRun } from "../session/stack-run.ts";
import { withAccount, type TwilioAccount } from "../account/account.ts";

/** Times a request is sent again. Somebody waits: a product that is down is told of after seconds. */
const maxRetries = 3;

/** Opens the account of a stack for a look at it. @throws Failure as `withAccount` */
export function openAccount<T>(run: StackRun, body: (account: TwilioAccount) => Promise<T>): Promise<T> {
  return withAccount(run, body, { maxRetries });
}
