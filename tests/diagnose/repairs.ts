/** A number of the dev stack. */
export type NumberKey = "main" | "shop" | "web";

/**
 * Faults and ailments that `flex-stack up --refresh` mends, and the number they are of, in rounds: those of a round are
 * in one account at once, and one run has to mend them all. What needs a conversation, or what another one breaks, comes
 * first.
 */
export const rounds: readonly (readonly (readonly [name: string, number?: NumberKey])[])[] = [
  [
    ["the workflow leads to a queue that is not there"],
    ["the agent role is gone"],
    ["the Flex Flow is gone", "shop"],
    ["the number hands its messages to a URL", "shop"],
    ["the trigger of the flow leads messages nowhere"],
    ["the Flex Flow opens chats in another service"],
    ["the Flex Flow leads to a flow that was never published"],
    ["the Flex Flow is for another kind of channel"],
    ["the Flex Flow is disabled"],
    ["the number has no handler"],
    ["a number whose messages open conversations has a handler, too"],
    ["an Address has nobody told"],
    ["an Address is disabled, and nobody else gets its texts"],
  ],
  [
    ["the channel has as many members as it may have"],
    ["the agent role was changed"],
    ["a Flex Flow makes tasks on a task channel that does not exist", "shop"],
    ["the number is not in the pool", "shop"],
    ["the number hands its messages to a Studio flow", "shop"],
    ["the flow's workflow was deleted"],
    ["the flow's task channel was deleted"],
    ["the flow hands nothing to Flex"],
    ["the Flex Flow makes tasks in a workflow that was deleted"],
    ["a TwiML application takes the number's messages"],
    ["an Address opens conversations where Flex does not look"],
    ["an Address opens conversations in a service that is deleted"],
    ["a number with an Address is in the Proxy pool"],
    ["no timer closes conversations"],
  ],
  [
    ["a number that nothing leads to Flex has Twilio's placeholder only", "shop"],
    ["a Flex Flow leads to a flow that is deleted"],
    ["the Studio flow was deleted"],
    ["the number hands its messages to another Proxy service"],
    ["the chat service was deleted"],
    ["the Proxy service was deleted"],
    ["the workspace was deleted"],
    ["a number for Flex Conversations has no Address"],
  ],
];

/** What leaves the account in the same state as one of those, or nearly. */
export const alike: Readonly<Record<string, string>> = {
  "the number was handed to a URL in the middle of the conversation":
    "the number hands its messages to a URL",
  "the number lost its handler in the middle of the conversation": "the number has no handler",
  "the Flex Flow was disabled after an earlier conversation": "the Flex Flow is disabled",
  "the Flex Flow of a conversation that lives longer than its task is disabled": "the Flex Flow is disabled",
  "the agent role lost a permission": "the agent role was changed",
  "the agent role got a permission more": "the agent role was changed",
  "a number has no handler": "the number has no handler",
  "a number of Flex leads elsewhere": "the number hands its messages to a URL",
  "a number with a Flex Flow is not in the pool": "the number is not in the pool",
  "the Flex Flow of a number is for a channel that no text comes in by":
    "the Flex Flow is for another kind of channel",
  "the Flex Flow of a number is disabled": "the Flex Flow is disabled",
  "a Flex Flow leads to a flow that was never published":
    "the Flex Flow leads to a flow that was never published",
  "the flow makes tasks on a task channel that is deleted": "the flow's task channel was deleted",
  "the Address is disabled": "an Address is disabled, and nobody else gets its texts",
  "the Address was deleted": "a number for Flex Conversations has no Address",
  "the Address opens conversations in a service that was deleted":
    "an Address opens conversations in a service that is deleted",
  "the Address opens conversations in another service":
    "an Address opens conversations where Flex does not look",
  "the number of an Address hands its messages to a URL, too":
    "a number whose messages open conversations has a handler, too",
  "the number of an Address hands its messages to a Studio flow, too":
    "a number whose messages open conversations has a handler, too",
  "the number of an Address has Twilio's placeholder, which answers by itself":
    "a number whose messages open conversations has a handler, too",
  "a TwiML application takes the messages to an Address, too":
    "a TwiML application takes the number's messages",
  "the number of an Address is in the Proxy pool and has a Flex Flow":
    "a number with an Address is in the Proxy pool",
  "the number of an Address was put into the Proxy pool while the agent talks":
    "a number with an Address is in the Proxy pool",
  "the trigger of the flow does not hear conversations": "the trigger of the flow leads messages nowhere",
  "the trigger of an Address's flow does not hear conversations":
    "the trigger of the flow leads messages nowhere",
  "the Studio flow of an Address was deleted": "the Studio flow was deleted",
  "the Address leads to a flow that was never published":
    "an Address is disabled, and nobody else gets its texts",
  "an Address leads to a flow that was never published":
    "an Address is disabled, and nobody else gets its texts",
  "somebody led the Address to a flow that does not hear conversations":
    "an Address is disabled, and nobody else gets its texts",
  "an Address leads to another flow than the stack's, which hands nothing to Flex":
    "an Address is disabled, and nobody else gets its texts",
  "an Address leads to a flow that is deleted": "an Address is disabled, and nobody else gets its texts",
  "the Address opens conversations and tells nobody": "an Address has nobody told",
  "the workflow of a conversation's flow was deleted": "the flow's workflow was deleted",
  "the role of agents in conversations is gone": "the agent role is gone",
  "the role of agents in conversations lost a permission": "the agent role was changed",
};

/** Everything whose advice is `flex-stack up --refresh`. */
export const mendedByUp: ReadonlySet<string> = new Set([
  ...rounds.flat().map(([name]) => name),
  ...Object.keys(alike),
]);
