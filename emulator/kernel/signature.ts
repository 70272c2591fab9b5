import { createHmac } from "node:crypto";

/** Names with their value or values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * Twilio's `X-Twilio-Signature`: over the URL as it is called, then names and values of the form in order of name. Of a
 * name with several values each different one counts once, in order. Of a body that is no form the URL has the digest, as
 * `bodySHA256` (https://www.twilio.com/docs/usage/security#validating-requests).
 */
export function signature(authToken: string, url: string, form: FormFields): string {
  let text = url;
  for (const name of Object.keys(form).sort()) {
    const value = form[name] ?? "";
    const values = typeof value === "string" ? [value] : [...new Set(value)].sort();
    for (const each of values) text += name + each;
  }
  return createHmac("sha1", authToken).update(text).digest("base64");
}
