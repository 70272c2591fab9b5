import * as pulumi from "@pulumi/pulumi";

/** What starts a flow with a message of Flex Conversations. */
const event = "incomingConversationMessage";

/**
 * Whether the trigger of a flow leads somewhere for messages of Flex Conversations. Where it does not, Studio runs nothing,
 * and the customer waits in a conversation that no agent sees.
 */
export function hearsConversations(definition: unknown): boolean {
  const { states = [], initial_state: initial } = definition as Flow;
  const trigger =
    states.find(({ name }) => name === initial) ?? states.find(({ type }) => type === "trigger");
  return (
    trigger?.transitions?.some(
      (on) => on.event === event && typeof on.next === "string" && on.next !== "",
    ) === true
  );
}

/** What of a definition is looked at. */
interface Flow {
  states?: readonly {
    name?: string;
    type?: string;
    transitions?: readonly { event?: string; next?: string | null }[];
  }[];
  initial_state?: string;
}

/** @throws RunError that names the flow and says how to wire it */
export function requireConversations(definition: unknown, flow: string): void {
  if (hearsConversations(definition)) return;
  throw new pulumi.RunError(
    `${flow} does nothing with messages of Flex Conversations: its trigger leads nowhere for ${event}. ` +
      "In Studio, lead the trigger's Incoming Conversation Message to the first step and export the flow again, " +
      "or take another kind or integration for the numbers of kind conversations.",
  );
}
