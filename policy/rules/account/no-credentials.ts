import { credentialIn } from "../../../config/credential.ts";
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
