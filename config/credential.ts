import { secretPlaceIn, withoutSecretPlaces } from "../secrets/secret-places.ts";

const secretName =
  /(^|[_-])(password|passwd|secret|token|h?api[_-]?key|(?:access|subscription)[_-]?key|auth|signature|sig)$/i;
const secretProperty = /(password|secret|token|api_?key)$/i;
/** Names of users are words; services that take a token in their place make them long, of letters and digits. */
const tokenLike = /^(?=.*\d)(?=.*[a-z])[\w-]{20,}$/i;
const userOnly = /^(https?:\/\/)([^/?#:@]+)@/i;
const address = /\bhttps?:\/\/[^\s"'<>]+/gi;
/** An address of any other kind, with a user and a password. */
const otherAddress = /(?<![a-z0-9+.-])((?!https?:)[a-z0-9+.-]+:\/\/[^\s/?#:@"']*):[^\s/?#@"']+@/gi;
const sidWithToken = /\b((?:AC|SK)[0-9a-f]{32}):[^\s@/"'<>]{16,}/g;
const authorization = /\b(Bearer|Basic)\s+(?!\{\{)[\w+/.=~-]{12,}/gi;

/**
 * What kind of credential a text holds; never the credential. Liquid takes its value from elsewhere.
 *
 * @param key The name of the property, or of the place in a document, that the text stands in.
 */
export function credentialIn(key: string, text: string): string | undefined {
  if (text.search(sidWithToken) >= 0) return "a Twilio SID with its token or secret";
  for (const [url] of text.matchAll(address)) {
    if (!URL.canParse(url)) continue;
    const { username, password, searchParams } = new URL(url);
    if (password !== "") return "a URL with a password";
    if (tokenLike.test(username)) return "a URL with a token as its user";
    for (const [name, value] of searchParams)
      if (isSecretParameter(name, value)) return `a URL with a value for the parameter ${name}`;
  }
  const place = secretPlaceIn(text);
  if (place !== undefined) return place;
  if (text.search(authorization) >= 0) return "an Authorization header";
  if (isSecretProperty(key, text)) return "what its name calls a secret";
  return undefined;
}

/** The same, of texts anywhere in a value; `key` is the name that the value stands under. */
export function credentialInside(key: string, value: unknown): string | undefined {
  if (typeof value === "string") return credentialIn(key, value);
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    const found = credentialInside(Array.isArray(value) ? key : name, item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text as others may read it: `[secret]` stands where {@link credentialIn} finds a credential. */
export function withoutCredentials(key: string, text: string): string {
  if (isSecretProperty(key, text)) return "[secret]";
  return withoutSecretPlaces(text)
    .replace(sidWithToken, "$1:[secret]")
    .replace(address, withoutUrlCredentials)
    .replace(otherAddress, "$1:[secret]@")
    .replace(authorization, "$1 [secret]");
}

/** A value with the texts in it as {@link withoutCredentials} leaves them; what a secret's name holds is masked whole. */
export function maskedValue(key: string, value: unknown): unknown {
  if (typeof value === "string") return isSecretKey(key) ? masked(value) : withoutCredentials(key, value);
  if (isSecretKey(key) && value !== null && typeof value !== "boolean" && value !== undefined)
    return "[secret]";
  if (Array.isArray(value)) return value.map((item) => maskedValue(key, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskedValue(name, item)]));
}

function masked(text: string): string {
  return text === "" || text.includes("{{") ? text : "[secret]";
}

/** Whether a name says that what stands under it is a secret. */
export function isSecretKey(key: string): boolean {
  return secretProperty.test(key) || secretName.test(key);
}

function withoutUrlCredentials(url: string): string {
  return url
    .replace(/^(https?:\/\/[^/?#:]*):[^/?#]+@/i, "$1:[secret]@")
    .replace(userOnly, (whole, scheme: string, user: string) =>
      tokenLike.test(user) ? `${scheme}[secret]@` : whole,
    )
    .replace(/([?&])([^=&#]+)=([^&#]+)/g, (whole, before: string, name: string) => {
      const [[key, value] = ["", ""]] = new URLSearchParams(whole.slice(1));
      return isSecretParameter(key, value) ? `${before}${name}=[secret]` : whole;
    });
}

function isSecretParameter(name: string, value: string): boolean {
  return secretName.test(name) && value !== "" && !value.includes("{{");
}

function isSecretProperty(key: string, text: string): boolean {
  return secretProperty.test(key) && text !== "" && !text.includes("{{");
}
