import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import { z } from "zod";
import type { Reads } from "./reads/reads.ts";

const flowState = z.object({
  name: z.string(),
  type: z.string(),
  transitions: z
    .array(
      z.object({
        event: z.string(),
        next: z.string().nullish(),
        conditions: z.array(z.object({ type: z.string() })).nullish(),
      }),
    )
    .default([]),
  properties: z.record(z.string(), z.unknown()).default({}),
});

const definition = z.object({ states: z.array(flowState) });

/** A state ("widget") of a Studio flow. */
export type FlowState = z.infer<typeof flowState>;

/** The states of a flow's definition; none when it can't be understood. */
export function readStates(given: unknown): readonly FlowState[] {
  const parsed = definition.safeParse(given);
  return parsed.success ? parsed.data.states : [];
}

/** What starts a flow: a text or a message of Programmable Chat, or one of Flex Conversations. */
export type TriggerEvent = "incomingMessage" | "incomingConversationMessage";

/** Whether the trigger of a flow leads somewhere for an event. */
export function hears(states: readonly FlowState[], event: TriggerEvent): boolean {
  return reachedBy(states, event).length > 0;
}

/** The states that an event can come to, the trigger left out. */
export function reachedBy(states: readonly FlowState[], event: TriggerEvent): readonly FlowState[] {
  const reached = new Set<FlowState>();
  const follow = ({ transitions }: Pick<FlowState, "transitions">): void => {
    for (const { next } of transitions) {
      const state = states.find(({ name }) => name === next);
      if (state === undefined || reached.has(state)) continue;
      reached.add(state);
      follow(state);
    }
  };
  const triggers = states.filter(({ type }) => type === "trigger");
  for (const { transitions } of triggers)
    follow({ transitions: transitions.filter((one) => one.event === event) });
  return [...reached];
}

/** The states of the revision that an execution ran, or else of the flow as it is today. */
export async function statesOf(
  reads: Reads,
  { flowSid, flowVersion }: Pick<ExecutionInstance, "flowSid" | "flowVersion">,
): Promise<readonly FlowState[]> {
  const ran = flowVersion ? await reads.studio.revision(flowSid, flowVersion) : undefined;
  return readStates((ran ?? (await reads.studio.flow(flowSid)))?.definition);
}
