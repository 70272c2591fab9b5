import { createHmac, timingSafeEqual } from "node:crypto";
import { isJsonObject, type JsonObject, valueAt } from "../../kernel/json.ts";
import type { Person } from "../../kernel/request.ts";

/** What an access token says, unchecked. */
export interface AccessToken {
  /** Whose it is: `sub`, an account. */
  readonly accountSid: string;
  /** Who signed it: `iss`. */
  readonly issuer: string;
  /** Whether it is good at a moment, in milliseconds since 1970. */
  isCurrent(now: number): boolean;
  readonly person: Person;
  isSignedWith(secret: string): boolean;
}

/** Algorithms that Twilio's SDKs sign with, and the hashes these are made of. */
const hashes: Readonly<Record<string, string>> = { HS256: "sha256", HS384: "sha384", HS512: "sha512" };

/** Reads an access token (a JWT) as chat clients have them; undefined when the text is none. */
export function readAccessToken(token: string): AccessToken | undefined {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  const claims = parse(payload);
  const algorithm = parse(header)?.["alg"];
  const hash =
    typeof algorithm === "string" && Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  if (rest.length > 0 || claims === undefined || hash === undefined) return undefined;
  const identity = valueAt(claims, "grants.identity");
  const { sub, iss, exp, nbf } = claims;
  if (typeof identity !== "string" || identity === "" || typeof sub !== "string" || typeof iss !== "string")
    return undefined;
  const service = valueAt(claims, "grants.chat.service_sid");
  return {
    accountSid: sub,
    issuer: iss,
    isCurrent: (now) =>
      typeof exp === "number" && now < exp * 1000 && (typeof nbf !== "number" || now >= nbf * 1000),
    person: { identity, chatServiceSid: typeof service === "string" ? service : undefined },
    isSignedWith(secret) {
      const expected = createHmac(hash, secret).update(`${header}.${payload}`).digest();
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
