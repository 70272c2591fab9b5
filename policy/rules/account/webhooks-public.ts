import { BlockList, isIP } from "node:net";
import type { Rule } from "../../rule.ts";
import { webAddressesOf } from "./web-address.ts";

export const webhooksPublic: Rule = {
  id: "webhooks-are-public",
  severity: "high",
  level: "mandatory",
  description: "Twilio can reach webhooks on the internet.",
  why: "Twilio calls from outside: a handler on this machine, in a private network or behind a name of a test gets no message.",
  fix: "Use the public name of the handler.",
  scope: "resource",
  check(plan, report) {
    for (const resource of plan.all.filter(({ local }) => !local))
      for (const { path, url } of webAddressesOf(resource))
        if (url && !isPublic(url.hostname))
          report(resource, path, `is at ${url.hostname}, which only some networks know`);
  },
};

/** Names that never are on the internet (RFC 2606, 6761, 6762, 8375); example.com and its kind are, and stay usable. */
const privateNames = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|corp|test|invalid|example)$/i;

const privateRanges = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  privateRanges.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  privateRanges.addSubnet(network, prefix, "ipv6");

function isPublic(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  const version = isIP(address);
  if (version !== 0) return !privateRanges.check(address, version === 4 ? "ipv4" : "ipv6");
  return address.includes(".") && !privateNames.test(address.replace(/\.$/, ""));
}
