import type { Twilio } from "twilio";
import type { TwilioAccount } from "../../account/account.ts";

/** What a replay works with. */
export interface Replaying {
  readonly account: TwilioAccount;
  readonly writer: Twilio;
  /** Where conversations with the number can be. */
  readonly services: readonly string[];
  /** Where conversations are made that nothing else is said of. */
  readonly usualService: string;
  readonly signal: AbortSignal;
  readonly onReplay?: (done: number, total: number) => void;
}
