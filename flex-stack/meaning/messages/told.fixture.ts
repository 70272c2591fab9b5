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

export const serviceSid = `IS${"4".repeat(32)}`;

const named = [
  known("conversations:Service", "service", serviceSid, { friendlyName: "Flex Service" }),
  known("proxy:Service", "pool", proxySid, { uniqueName: "Flex Proxy" }),
  known("studio:Flow", "flow", flowSid, { friendlyName: "Messaging" }),
  known("studio:Flow", "night", otherFlowSid, { friendlyName: "Night" }),
  known("taskrouter:Workflow", "inbound", `WS1/${workflowSid}`, { friendlyName: "Inbound" }),
];

/** An Address of a number, whose messages go through a Studio flow, with changes of how it opens conversations. */
export const opening = (address: string, change: Properties = {}): Properties => ({
  type: "sms",
  address,
  autoCreation: {
    enabled: true,
    type: "studio",
    conversationServiceSid: serviceSid,
    studioFlowSid: flowSid,
    ...change,
  },
});

/** What such an Address makes of a message. */
export const conversation = "a conversation in Flex Service, which goes through the Studio flow Messaging";

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
