import { timingSafeEqual } from "node:crypto";
import type { Authenticate } from "../../kernel/authentication.ts";
import { fieldsOf, type Row } from "../../kernel/row.ts";
import type { Store } from "../../kernel/store.ts";
import { type AccessToken, readAccessToken } from "./accessToken.ts";
import { account, type Account, key, type Key } from "./kinds.ts";

/** The user name under which an access token is the password, as in Flex UI's own requests. */
const tokenUser = "token";

/**
 * Knows accounts by SID and auth token, API keys by SID and secret, and people by access token. A token is signed with
 * the secret of an API key of its account (`iss` is the key), as Twilio's are; here the account may sign as well, with
 * its auth token (`iss` is the account), so that a tool needs no key.
 */
export function authenticator(store: Store, clock: { now(): number }): Authenticate {
  return (username, password) => {
    if (username === tokenUser) return personOf(password, store, clock.now());
    const owner = store.bySid(account.kind, username);
    if (owner !== undefined) {
      return isSame(password, fieldsOf<Account>(owner).auth_token) ? principal(owner) : "wrong password";
    }
    const apiKey = store.bySid(key.kind, username);
    if (apiKey === undefined) return "unknown user";
    return isSame(password, fieldsOf<Key>(apiKey).secret) ? principal(apiKey) : "wrong password";
  };
}

function personOf(text: string, store: Store, now: number): ReturnType<Authenticate> {
  const token = readAccessToken(text);
  const owner = token === undefined ? undefined : store.bySid(account.kind, token.accountSid);
  if (token === undefined || owner === undefined) return "unknown user";
  const secret = secretOf(token, owner, store);
  if (secret === undefined) return "unknown user";
  return token.isSignedWith(secret) && token.isCurrent(now)
    ? { ...principal(owner), person: token.person }
    : "wrong password";
}

/** What the issuer of a token signs with; undefined when it may not speak for the account. */
function secretOf({ issuer }: AccessToken, owner: Row, store: Store): string | undefined {
  if (issuer === owner.sid) return fieldsOf<Account>(owner).auth_token;
  const apiKey = store.bySid(key.kind, issuer);
  return apiKey?.account_sid === owner.sid ? fieldsOf<Key>(apiKey).secret : undefined;
}

function principal({ account_sid: accountSid }: Row): Exclude<ReturnType<Authenticate>, string> {
  return { accountSid, mayUse: (other) => other === accountSid };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
