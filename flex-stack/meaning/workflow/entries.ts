import { isObject, parsedJson, type JsonObject } from "../../values/property-value.ts";
import { displayName, type KnownResource } from "../known-resource.ts";
import type { Surroundings } from "../surroundings.ts";

/** How messages come to a workflow. */
export interface PictureEntry {
  /** Numbers and addresses that customers write to, in order. */
  readonly to: readonly string[];
  readonly by: "Chat and Proxy" | "Flex Conversations";
  /** Name of the Studio flow that hands them over. */
  readonly flow: string;
}

/** Whose messages a workflow gets, as far as it is known: by Flex Flows and Addresses that are on, through Studio flows. */
export function entriesOf(workflow: KnownResource, surroundings: Surroundings): PictureEntry[] {
  return there("studio:Flow", surroundings).flatMap((flow) => {
    const given = completed(flow, surroundings);
    if (!handsOver(given["definition"], workflow, surroundings)) return [];
    const leadsHere = (sid: unknown) => typeof sid === "string" && surroundings.isSidOf(sid, flow);
    const entry = (by: PictureEntry["by"], to: readonly unknown[]): PictureEntry[] =>
      to.length === 0 ? [] : [{ by, to: to.map(String).sort(), flow: displayName(flow) }];
    return [
      ...entry("Chat and Proxy", byFlexFlows(leadsHere, surroundings)),
      ...entry("Flex Conversations", byAddresses(leadsHere, surroundings)),
    ];
  });
}

function byFlexFlows(leadsHere: (sid: unknown) => boolean, surroundings: Surroundings): unknown[] {
  return there("flex:FlexFlow", surroundings).flatMap((flexFlow) => {
    const { contactIdentity, enabled, integration, integrationType } = completed(flexFlow, surroundings);
    const isOn = enabled !== false && integrationType === "studio";
    const flowSid = isObject(integration) ? integration["flowSid"] : undefined;
    return isOn && isShown(contactIdentity) && leadsHere(flowSid) ? [contactIdentity] : [];
  });
}

function byAddresses(leadsHere: (sid: unknown) => boolean, surroundings: Surroundings): unknown[] {
  return there("conversations:Address", surroundings).flatMap((opening) => {
    const { address, autoCreation } = completed(opening, surroundings);
    const { enabled, studioFlowSid, type } = isObject(autoCreation) ? autoCreation : {};
    const isOn = enabled !== false && type === "studio";
    return isOn && isShown(address) && leadsHere(studioFlowSid) ? [address] : [];
  });
}

/** Flex has Flex Flows without a number, for outbound messages and web chats. */
function isShown(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function there(type: string, surroundings: Surroundings): readonly KnownResource[] {
  return surroundings.of(`twilio:${type}`).filter(({ fate }) => fate !== "gone");
}

function completed({ type, name, properties }: KnownResource, surroundings: Surroundings): JsonObject {
  return surroundings.complete({ type, name, before: undefined, after: properties }).after ?? {};
}

/** Whether a flow makes tasks for a workflow. */
function handsOver(definition: unknown, workflow: KnownResource, surroundings: Surroundings): boolean {
  const read = parsedJson(definition);
  const states: unknown = isObject(read) ? read["states"] : undefined;
  if (!Array.isArray(states)) return false;
  return states.some((state: unknown) => {
    if (!isObject(state) || state["type"] !== "send-to-flex" || !isObject(state["properties"])) return false;
    const { workflow: sid } = state["properties"];
    return typeof sid === "string" && surroundings.isSidOf(sid, workflow);
  });
}
