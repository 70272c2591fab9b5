import type { PlannedResource } from "../../planned.ts";
import { leavesOf } from "../../leaves.ts";

export interface WebAddress {
  /** Where: `definition.states[1].properties.url`. */
  path: string;
  text: string;
  /** Undefined where Liquid decides the address while a flow runs. */
  url: URL | undefined;
}

/** What Twilio will call for a resource: its properties that are named as URLs, also those in a flow. */
export function webAddressesOf({ properties }: PlannedResource): WebAddress[] {
  return leavesOf(properties)
    .filter(({ key, text }) => /url$/i.test(key) && text !== "")
    .map(({ path, text }) => ({
      path,
      text,
      url: /^[a-z]+:\/\/[^/?#]*\{\{|^\s*\{\{/i.test(text) ? undefined : parsed(text),
    }));
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A URL without what may be secret in it: for messages. */
export const shown = ({ protocol, host, pathname }: URL): string =>
  // A SID with its token reads as an address, too.
  /^[a-z]{2,8}:$/.test(protocol) ? `${protocol}//${host}${pathname}` : "no web address";
