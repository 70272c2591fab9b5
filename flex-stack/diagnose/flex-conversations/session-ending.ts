import type { CleanUp } from "../clean-up.ts";
import type { OldChat } from "./old-chats.ts";

/** The command that ends an old chat for good: texts come in by its session alone. Nothing where no session is open. */
export function sessionEnding({ session }: Pick<OldChat, "session">, cleanUp: CleanUp): string | undefined {
  if (session === undefined) return undefined;
  return cleanUp.remove(`https://proxy.twilio.com/v1/Services/${session.serviceSid}/Sessions/${session.sid}`);
}
