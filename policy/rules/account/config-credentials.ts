import { credentialIn } from "../../../config/credential.ts";
import { leavesOf } from "../../leaves.ts";
import type { Rule } from "../../rule.ts";

const secretName = /(password|secret|token|api_?key)$/i;

export const configCredentials: Rule = {
  id: "config-has-no-plain-credentials",
  severity: "critical",
  level: "mandatory",
  description: "Credentials in the configuration of a stack are encrypted.",
  why: "The file is in version control: whoever reads the repository could act on the account, also after the value was removed.",
  fix: "Replace the credential at Twilio, then give it by the environment or with pulumi config set --secret.",
  scope: "stack",
  check({ config }, report) {
    if (config.local) return;
    for (const [key, value] of Object.entries(config.values)) {
      if (config.secretKeys.includes(key)) continue;
      const name = key.split(":").at(-1) ?? key;
      for (const leaf of leavesOf(value, key, name)) {
        const named = secretName.test(leaf.key) && leaf.text !== "";
        const found = named ? undefined : credentialIn(leaf.key, leaf.text);
        if (named) report(undefined, leaf.path, "is plain text in the configuration");
        // A setting that the program does not use now, such as the handler of the other kind, is in no resource.
        else if (found) report(undefined, leaf.path, `holds ${found}, in plain text in the configuration`);
      }
    }
  },
};
