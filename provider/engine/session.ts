import type { Twilio } from "twilio";

import type { Claims } from "./claims.ts";
import type { Collections } from "./collections.ts";
import type { Journal } from "./journal.ts";
import type { Records } from "./records.ts";
import type { Severity } from "./severity.ts";

/** What the engine works with while it carries out one request: an account, and a way to speak up. */
export interface Session {
  /** For reads, updates and deletes, which may be sent again when an answer is lost. */
  twilio: Twilio;
  /** For creates, which are sent again only when they can't have had an effect. */
  twilioOnce: Twilio;
  /** Account whose resources these are. */
  accountSid: string;
  /** What stands in for Twilio, for messages. */
  endpoint?: string;
  /** The time at Twilio, in milliseconds since 1970. */
  serverTime(): number;
  /** How often a create whose answer was lost is sent again, when it had no effect. */
  maxRetries: number;
  /** Waits before a create is sent again. */
  pause(attempt: number): Promise<void>;
  /** Tells the user something about the resource at hand. */
  log(severity: Severity, message: string): void;
  /** The resource at hand, as Pulumi names it; "" for a look-up. */
  urn: string;
  claims: Claims;
  records: Records;
  /** Answers to reads that nothing is written by. Absent where each has to be Twilio's latest. */
  collections?: Collections;
  /** Where it is noted what is about to be made, for the run after one that was cut short. */
  journal?: Journal;
  /** No program declares anything in this run: all of the stack goes. */
  destroys?: boolean;
  /** Inputs of the resource at hand that hold secrets. */
  secretInputs?: readonly string[];
}
