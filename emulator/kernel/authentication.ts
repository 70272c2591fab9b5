import type { Person } from "./request.ts";
import { unauthorized } from "./errors.ts";

/** Who sends a request, and which other accounts it may act on. */
export interface Principal {
  readonly accountSid: string;
  mayUse(accountSid: string): boolean;
  /** Set when it is a person and not the account. */
  readonly person?: Person | undefined;
}

/** Checks a user name (account or API key SID) and password; undefined when the password is wrong. */
export type Authenticate = (
  username: string,
  password: string,
) => Principal | "unknown user" | "wrong password";

/** @throws TwilioError 401 */
export function authenticateHeader(header: string | undefined, authenticate: Authenticate): Principal {
  // Flex's SDK for browsers (3.0.0) sends a stray parenthesis at the end, which Twilio does not mind.
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]+)\)?$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) throw unauthorized("Authentication Error - No credentials provided");
  const credentials = Buffer.from(encoded, "base64").toString();
  const colon = credentials.indexOf(":");
  if (colon < 0) throw unauthorized("Authentication Error - invalid username");
  const principal = authenticate(credentials.slice(0, colon), credentials.slice(colon + 1));
  if (principal === "unknown user") throw unauthorized("Authentication Error - invalid username");
  if (principal === "wrong password") throw unauthorized("Authenticate");
  return principal;
}
