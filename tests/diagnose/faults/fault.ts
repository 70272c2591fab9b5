import type { StepName } from "../../../flex-stack/diagnose/finding.ts";
import type { SubjectOptions } from "../../../cli/diagnose/read-subject.ts";
import type { Receiver } from "../../support/receiver.ts";
import type { BrokenCentre } from "../centre.ts";

/** One way to break a message's way, and what the diagnosis must say. Adding one is one entry. */
export interface Fault {
  readonly name: string;
  /** Breaks it and lets a message travel. @returns what to diagnose: a message's SID, or another end */
  break(centre: BrokenCentre, receiver: Receiver): Promise<string | SubjectOptions>;
  /** Milliseconds until the local Twilio gives up on who does not answer. @default 300 */
  readonly webhookTimeout?: number;
  /** After the commands that are printed the customer's next text reaches an agent. @default not looked at */
  readonly served?: true;
  /** Most API calls that it takes to find. @default 25 */
  readonly calls?: number;
  readonly expect: { readonly step: StepName; readonly cause: string; readonly exit: number };
}
