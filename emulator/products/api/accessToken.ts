import { createHmac, timingSafeEqual } from "node:crypto";
import type { Person } from "../../kernel/context.ts";
import { isJsonObject, type JsonObject, valueAt } from "../../kernel/json.ts";

/** What an access token says, unchecked. */
export interface AccessToken {
  /** Whose it is: `sub`, an account. */
  readonly accountSid: string;
  /** Who signed it: `iss`. */
  readonly issuer: string;
  /** Seconds since 1970. */
  readonly expires: number;
  readonly person: Person;
  isSignedWith(secret: string): boolean;
}

/** Reads an access token (a JWT, HS256) as chat clients have them; undefined when the text is none. */
export function readAccessToken(token: string): AccessToken | undefined {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  const claims = parse(payload);
  if (rest.length > 0 || claims === undefined || parse(header)?.["alg"] !== "HS256") return undefined;
  const identity = valueAt(claims, "grants.identity");
  const { sub, iss, exp } = claims;
  if (typeof identity !== "string" || identity === "" || typeof sub !== "string" || typeof iss !== "string")
    return undefined;
  const service = valueAt(claims, "grants.chat.service_sid");
  return {
    accountSid: sub,
    issuer: iss,
    expires: typeof exp === "number" ? exp : 0,
    person: { identity, chatServiceSid: typeof service === "string" ? service : undefined },
    isSignedWith(secret) {
      const expected = createHmac("sha256", secret).update(`${header}.${payload}`).digest();
      const given = Buffer.from(signature, "base64url");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

function parse(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
