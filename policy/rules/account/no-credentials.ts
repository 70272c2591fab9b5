import { leavesOf } from "../../leaves.ts";
import type { Rule } from "../../rule.ts";

export const noCredentials: Rule = {
  id: "no-plain-credentials",
  severity: "critical",
  level: "mandatory",
  description: "No URL, flow definition or attribute holds a credential.",
  why: "Whoever may look at the account, the state or a log of requests can read it there.",
  fix: "Keep it where the handler runs, check Twilio's signature there, and let a flow call a Function that holds it.",
  scope: "resource",
  check(plan, report) {
    // A provider is given credentials, that is what it is for; Pulumi keeps them.
    for (const resource of plan.all.filter(({ type }) => !type.startsWith("pulumi:")))
      for (const { path, key, text } of leavesOf(resource.properties)) {
        const found = credentialIn(key, text);
        if (found) report(resource, path, `holds ${found}`);
      }
  },
};

const secretName = /(^|[_-])(password|passwd|secret|token|api[_-]?key|access[_-]?key|auth|signature|sig)$/i;
const secretProperty = /(password|secret|token|api_?key)$/i;

/** What kind of credential a text holds; never the credential. Liquid takes its value from elsewhere. */
function credentialIn(key: string, text: string): string | undefined {
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
