import { withoutCredentials } from "./withoutCredentials.ts";

/** What stands in the place of a credential. */
export const hidden = "[secret]";

/** Names that say of their values that they are credentials, however they are written: `AuthToken`, `api_key`. */
const secretName =
  /(?:token|password|passwd|passphrase|secret|apikey|privatekey|authorization|credential|jwt)s?$/;
/** A page's token only says where a list goes on. */
const harmlessName = /pagetokens?$/;
/** An access token, wherever it stands. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g;

/** Whether a name says that its value is a credential. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return secretName.test(plain) && !harmlessName.test(plain);
}

/**
 * Masks credentials in what went over the wire: values of parameters and properties whose name says so, also in JSON that
 * stands in texts, credentials in addresses, access tokens, and those that are given.
 */
export class Masking {
  readonly #known: readonly string[];

  /** @param known credentials of which it is known how they read, e.g. the account's auth token */
  constructor(known: readonly string[]) {
    this.#known = known.filter((credential) => credential !== "");
  }

  /** A text of any kind. */
  text(text: string): string {
    let masked = withoutCredentials(text).replace(jwt, hidden);
    for (const credential of this.#known) masked = masked.replaceAll(credential, hidden);
    return masked;
  }

  /** A body, read as its content type says; one that was cut off may end anywhere. */
  body(body: string, contentType: string | undefined): string {
    const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
    if (/^\s*[{[]/.test(body)) return this.json(body);
    return type === "application/x-www-form-urlencoded" || type === "" ? this.form(body) : this.text(body);
  }

  /** A form, or the query of an address; what is not secret stays as it is written. */
  form(form: string): string {
    return form
      .split("&")
      .map((pair) => {
        const [, name = "", sign = "", value = ""] = /^([^=]*)(=?)(.*)$/s.exec(pair) ?? [];
        const [readName, readValue] = [decoded(name), decoded(value)];
        const masked = this.#value(readName, readValue);
        return masked === readValue ? pair : `${name}${sign}${encodeURIComponent(masked)}`;
      })
      .join("&");
  }

  /** JSON, also its beginning only; what is not secret stays as it is written. A list's texts go by the name before. */
  json(json: string): string {
    let key = "";
    return json.replace(
      /"((?:[^"\\]|\\.)*)("?)(\s*:)?/gs,
      (whole, inner: string, end: string, colon: string | undefined) => {
        const text = unescaped(inner);
        if (colon !== undefined) {
          key = text;
          return whole;
        }
        const masked = this.#value(key, text);
        return masked === text ? whole : `"${JSON.stringify(masked).slice(1, -1)}${end}`;
      },
    );
  }

  #value(name: string, value: string): string {
    if (value !== "" && isSecretName(name)) return hidden;
    return /^\s*[{[]/.test(value) ? this.json(value) : this.text(value);
  }
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The text of a JSON string; of one that was cut within an escape as it is written. */
function unescaped(inner: string): string {
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}
