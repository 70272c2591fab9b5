import type { Properties } from "../../changes/subject.ts";
import type { KnownResource } from "../known-resource.ts";
import { meaningOf, phraseText, Surroundings } from "../index.ts";

export const proxyUrl = (sid: string, host = "webhooks.twilio.com") =>
  `https://${host}/v1/Accounts/AC${"0".repeat(32)}/Proxy/${sid}/Webhooks/Message`;

/** What stands for a value that is not known before the update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const [proxySid, flowSid, otherFlowSid, workflowSid] = ["KS", "FW", "FW", "WW"].map(
  (prefix, index) => `${prefix}${String(index).repeat(32)}`,
) as [string, string, string, string];

export const known = (
  type: string,
  name: string,
  id: string | undefined,
  properties: Properties,
  fate?: KnownResource["fate"],
): KnownResource => ({ type: `twilio:${type}`, name, id, properties, fate });

const named = [
  known("proxy:Service", "pool", proxySid, { uniqueName: "Flex Proxy" }),
  known("studio:Flow", "flow", flowSid, { friendlyName: "Messaging" }),
  known("studio:Flow", "night", otherFlowSid, { friendlyName: "Night" }),
  known("taskrouter:Workflow", "inbound", `WS1/${workflowSid}`, { friendlyName: "Inbound" }),
];

/** Statements about the resource `x`, dangers with `!`, of which only what follows from what differs. */
export function follows(
  type: string,
  before: Properties | undefined,
  after: Properties | undefined,
  stack: readonly KnownResource[] = [],
): string[] {
  const subject = { type: `twilio:${type}`, name: "x", before, after };
  return meaningOf(subject, new Surroundings([...named, ...stack]))
    .filter(({ action }) => !before || action === "consequence")
    .map(({ danger, text }) => `${danger ? "! " : ""}${phraseText(text)}`);
}
