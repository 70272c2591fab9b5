import { timingSafeEqual } from "node:crypto";
import type { Authenticate } from "../../kernel/authentication.ts";
import type { Row, Store } from "../../kernel/store.ts";
import { account, type Account } from "./account.ts";
import { hashSecret, key, type Key } from "./key.ts";

/** Knows accounts by SID and auth token, and API keys by SID and secret. */
export function authenticator(store: Store): Authenticate {
  return (username, password) => {
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
