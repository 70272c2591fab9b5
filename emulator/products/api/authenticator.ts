import { timingSafeEqual } from "node:crypto";
import type { Authenticate } from "../../kernel/authentication.ts";
import type { Row, Store } from "../../kernel/store.ts";
import { readAccessToken } from "./accessToken.ts";
import { account, type Account } from "./account.ts";
import { hashSecret, key, type Key } from "./key.ts";

/** The user name under which an access token is the password, as in Flex UI's own requests. */
const tokenUser = "token";

/**
 * Knows accounts by SID and auth token, API keys by SID and secret, and people by access token. Tokens must be signed
 * with the account's auth token (`iss` is the account): of API keys only hashes are stored, which check no signature.
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
    return isSame(hashSecret(password), fieldsOf<Key>(apiKey).secret_hash)
      ? principal(apiKey)
      : "wrong password";
  };
}

function personOf(token: string, store: Store, now: number): ReturnType<Authenticate> {
  const read = readAccessToken(token);
  const owner = read === undefined ? undefined : store.bySid(account.kind, read.accountSid);
  if (read === undefined || owner === undefined || read.issuer !== owner.sid) return "unknown user";
  const isValid = read.isSignedWith(fieldsOf<Account>(owner).auth_token) && read.expires * 1000 > now;
  return isValid ? { ...principal(owner), person: read.person } : "wrong password";
}

function principal({ account_sid: accountSid }: Row): Exclude<ReturnType<Authenticate>, string> {
  return { accountSid, mayUse: (other) => other === accountSid };
}

function fieldsOf<F>(row: Row): F {
  return JSON.parse(row.fields) as F;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
