import { createHmac } from "node:crypto";

/** Seconds that an access token is good for: as long as Flex's. */
const lifetime = 14_400;

/**
 * A chat client's access token (JWT). Twilio's are signed with an API key's secret; the local Twilio also takes those that
 * the account itself has signed, which leaves no key behind.
 */
export function accessToken(
  account: { readonly accountSid: string; readonly authToken: string },
  grants: { readonly identity: string; readonly chatServiceSid: string },
  now: number,
): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    jti: `${account.accountSid}-${seconds}`,
    iss: account.accountSid,
    sub: account.accountSid,
    exp: seconds + lifetime,
    grants: { identity: grants.identity, chat: { service_sid: grants.chatServiceSid } },
  };
  const content = [{ typ: "JWT", alg: "HS256", cty: "twilio-fpa;v=1" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${content}.${createHmac("sha256", account.authToken).update(content).digest("base64url")}`;
}
