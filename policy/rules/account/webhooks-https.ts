import type { Rule } from "../../rule.ts";
import { shown, webAddressesOf } from "./web-address.ts";

export const webhooksHttps: Rule = {
  id: "webhooks-use-https",
  severity: "high",
  level: "mandatory",
  description: "Twilio calls webhooks by https.",
  why: "What customers write, and Twilio's signature, would cross the internet in plain text. On a local Twilio nothing does, and http is fine.",
  fix: "Use an https URL.",
  scope: "resource",
  check(plan, report) {
    for (const resource of plan.all.filter(({ local }) => !local))
      for (const { path, url, text } of webAddressesOf(resource))
        if (url && url.protocol !== "https:") report(resource, path, `is ${shown(url)}`);
        else if (!url && /^\s*http:/i.test(text)) report(resource, path, "begins with http:");
  },
};
