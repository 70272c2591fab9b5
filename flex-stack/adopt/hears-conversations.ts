/** Whether the trigger of a flow leads somewhere for messages of Flex Conversations, which the components want of one. */
export function hearsConversations(definition: unknown): boolean {
  const { states = [], initial_state: initial } = definition as {
    states?: readonly {
      name?: string;
      transitions?: readonly { event?: string; next?: string | null }[];
    }[];
    initial_state?: string;
  };
  const trigger = states.find(({ name }) => name === initial);
  return (trigger?.transitions ?? []).some(
    ({ event, next }) => event === "incomingConversationMessage" && Boolean(next),
  );
}
