import { randomBytes } from "node:crypto";
import type { Store } from "./store.ts";

/** What the local Twilio calls itself where it says how it is. */
export const localTwilioName = "flex-messaging local Twilio";

/** Of what a client may take for granted of it; raised when clients written for the one before can't use it. */
export const localTwilioVersion = 1;

/**
 * Which local Twilio this is: 32 hex digits, made with the database and kept in it, so that it moves with the data and
 * not with the port. All local Twilios have the same account, whose first resources have the same SIDs; this tells them
 * apart. A database from before gets one when it is opened.
 */
export function identityOf(store: Pick<Store, "setting" | "setSetting">): string {
  const known = store.setting("identity");
  if (known !== undefined) return known;
  const identity = randomBytes(16).toString("hex");
  store.setSetting("identity", identity);
  return identity;
}
