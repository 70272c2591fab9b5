import { autoCreationOf, reachedBy, readStates, studioFlowOf, type FlowState } from "../../diagnose/index.ts";
import type { Concern, Item, Subject } from "./item.ts";

/** What starts a flow for a conversation. */
export const event = "incomingConversationMessage";

/** A Studio flow that conversations of a number go through. */
export interface FlowRead {
  readonly sid: string;
  readonly name: string;
  readonly states: readonly FlowState[];
}

/**
 * The flow that conversations of the number go through, or will: of its Address, or before there is one that of its Flex Flow
 * or of the stack. Nothing where a webhook takes them.
 */
export async function flowOf({ world, reads }: Subject): Promise<FlowRead | undefined> {
  const { address, flexFlow } = world;
  const creation = address && autoCreationOf(address);
  if (creation?.type === "webhook") return undefined;
  const named =
    creation?.studio_flow_sid ??
    (flexFlow?.integrationType === "studio" ? studioFlowOf(flexFlow.integration) : undefined) ??
    reads.place.flowSids[0];
  const flow = named === undefined ? undefined : await reads.studio.flow(named);
  if (flow === undefined) return undefined;
  return { sid: flow.sid, name: flow.friendlyName, states: readStates(flow.definition) };
}

/** Whether the flow hears conversations, and hands them to Flex. */
export const trigger: Item = {
  name: "flow-trigger",
  async look(subject) {
    const flow = await flowOf(subject);
    const { address } = subject.world;
    if (flow === undefined)
      return address !== undefined && autoCreationOf(address).type === "webhook"
        ? "A webhook hears of new conversations, and no flow has a part."
        : concern(
            "cut",
            "flow-missing",
            "There is no Studio flow that conversations could go through.",
            "Declare messagingFlow, or migration.integration of type webhook.",
          );
    if (reachedBy(flow.states, event).some(({ type }) => type === "send-to-flex"))
      return `The Studio flow ${flow.name} (${flow.sid}) leads from ${event} to Send to Flex.`;
    // The standard flow hears conversations as soon as the stack has a number on its way there.
    const isEarly = subject.stage === "legacy";
    return concern(
      isEarly ? undefined : "cut",
      "trigger-not-wired",
      `In the Studio flow ${flow.name} (${flow.sid}) nothing leads from ${event} to Send to Flex.`,
      isEarly
        ? "Preparing the number wires the flow that the stack builds; in an exported one lead it there yourself."
        : `Lead ${event} of the trigger (Incoming Conversation) there, and publish it.`,
    );
  },
};

function concern(blocks: Concern["blocks"], cause: string, sentence: string, fix: string): Concern[] {
  return [{ blocks, cause, sentence, fix }];
}
