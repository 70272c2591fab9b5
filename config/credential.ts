const secretName = /(^|[_-])(password|passwd|secret|token|api[_-]?key|access[_-]?key|auth|signature|sig)$/i;
const secretProperty = /(password|secret|token|api_?key)$/i;

/**
 * What kind of credential a text holds; never the credential. Liquid takes its value from elsewhere.
 *
 * @param key The name of the property, or of the place in a document, that the text stands in.
 */
export function credentialIn(key: string, text: string): string | undefined {
  if (/\b(AC|SK)[0-9a-f]{32}:\S{16,}/.test(text)) return "a Twilio SID with its token or secret";
  for (const [address] of text.matchAll(/\bhttps?:\/\/[^\s"'<>]+/gi)) {
    if (!URL.canParse(address)) continue;
    const { password, searchParams } = new URL(address);
    if (password !== "") return "a URL with a password";
    for (const [name, value] of searchParams)
      if (secretName.test(name) && value !== "" && !value.includes("{{"))
        return `a URL with a value for the parameter ${name}`;
  }
  if (/\b(Bearer|Basic)\s+(?!\{\{)[\w+/.=~-]{12,}/i.test(text)) return "an Authorization header";
  if (secretProperty.test(key) && text !== "" && !text.includes("{{")) return "what its name calls a secret";
  return undefined;
}
