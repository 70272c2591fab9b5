import type { Advised } from "./advice.ts";
import { ailmentsOfConversations } from "./conversation-ailments.ts";
import type { BrokenCentre } from "./centre.ts";
import { addressOf, web } from "./talk.ts";

const breaking = (name: string): Advised["break"] => {
  const found = ailmentsOfConversations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no ailment "${name}"`);
  return (centre, receiver) => found.break(centre, receiver);
};

/** Publishes the flow as it was. */
const publish: Exclude<Advised["follow"], "command"> = (centre, { definition }) =>
  centre.flow.update({ status: "published", definition });

/** Lets the Address lead to the stack's flow again. */
const backToFlow = async (centre: BrokenCentre) =>
  (await addressOf(web(centre))).update({
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": centre.sids.flow,
  });

/** What the health of an account advises for Flex Conversations. */
export const advisedOfConversations: readonly Advised[] = [
  {
    cause: "address-disabled",
    words: "Enable it",
    break: breaking("an Address is disabled, and nobody else gets its texts"),
    follow: "command",
  },
  {
    cause: "address-missing",
    words: "Add the number to the Flex Conversations addresses in the console",
    break: breaking("a number for Flex Conversations has no Address"),
    // Only a stack says that the number is for Flex Conversations; it has the number no more.
    known: (resources) =>
      resources.filter(({ type }) => type === "twilio:conversations:Address" || !type.includes(":api:")),
    follow: (centre) =>
      centre.client.conversations.v1.addressConfigurations.create({
        type: "sms",
        address: web(centre).number,
        "autoCreation.enabled": true,
        "autoCreation.type": "studio",
        "autoCreation.studioFlowSid": centre.sids.flow,
        "autoCreation.conversationServiceSid": centre.sids.chat,
      }),
  },
  ...(
    [
      ["address-other-service", "an Address opens conversations where Flex does not look"],
      ["address-service-missing", "an Address opens conversations in a service that is deleted"],
    ] as const
  ).map(([cause, name]): Advised => ({
    cause,
    words: "Let it open them in the service of Flex",
    break: breaking(name),
    follow: "command",
  })),
  {
    cause: "flow-unpublished",
    words: "Publish it in Studio",
    break: breaking("an Address leads to a flow that was never published"),
    follow: async (centre) => {
      const [draft] = (await centre.client.studio.v2.flows.list()).filter(
        ({ friendlyName }) => friendlyName === "Draft",
      );
      const { definition } = await centre.flow.fetch();
      await centre.client.studio.v2.flows(draft?.sid ?? "").update({
        status: "published",
        definition: definition as object,
      });
    },
  },
  {
    cause: "flow-missing",
    words: "Point the Address to the right flow",
    break: breaking("an Address leads to a flow that is deleted"),
    follow: backToFlow,
  },
  {
    cause: "address-without-handler",
    words: "Let it lead to a Studio flow or a webhook",
    break: breaking("an Address has nobody told"),
    follow: backToFlow,
  },
  {
    cause: "trigger-not-wired",
    words: "Lead incomingConversationMessage of the trigger (Incoming Conversation) there",
    break: breaking("the trigger of an Address's flow does not hear conversations"),
    follow: publish,
  },
  {
    cause: "conversation-refused",
    words: "Take onConversationAdd out of its filters: onConversationAdded tells of the same",
    break: breaking("a webhook is asked before conversations are opened"),
    follow: "command",
  },
  {
    cause: "closed-timer-missing",
    words: "Set one, such as a day",
    break: breaking("no timer closes conversations"),
    follow: "command",
  },
  {
    cause: "proxy-beside-address",
    words:
      "Empty its SmsUrl, or disable the address. Take the number out of the pool of that service once its sessions are closed",
    break: async (centre, receiver) => {
      await breaking("a number with an Address is in the Proxy pool")(centre, receiver);
      const { sessions } = centre.proxy;
      const { sid } = await sessions.create({ mode: "message-only" });
      await sessions(sid).participants.create({
        identifier: "+14155550199",
        proxyIdentifier: web(centre).number,
      });
    },
    follow: "command",
  },
  {
    cause: "proxy-beside-address",
    words: "Take the number out of the pool of that service and empty its SmsUrl, or disable the address",
    break: breaking("a number with an Address is in the Proxy pool"),
    follow: "command",
  },
  {
    cause: "number-two-handlers",
    words: "Empty the InboundRequestUrl of that service, or disable the address.",
    break: breaking("a Messaging Service hands a number's texts on beside its Address"),
    follow: async (centre) => {
      const { services } = centre.client.messaging.v1;
      for (const { sid } of await services.list()) await services(sid).update({ inboundRequestUrl: "" });
    },
  },
  {
    cause: "conversation-orphaned",
    words:
      "Close it: the customer's next text opens a new conversation. Have tasks end by their Interaction; for those that TaskRouter cancels, close the conversation when it tells of it, or by a closed timer.",
    break: breaking("a conversation outlived its task"),
    follow: "command",
  },
  {
    cause: "conversation-orphaned",
    words: "Close it: the customer's next text opens a new conversation, with what its Address names by now.",
    break: breaking("a conversation goes to a deleted flow that its Address led to before"),
    follow: "command",
  },
  {
    cause: "conversation-closed",
    words:
      "Nothing opens it again: end its task. Find out what closed it: a program, or a closed timer that is shorter than customers think.",
    break: breaking("a task outlived its conversation"),
    follow: "command",
  },
  {
    cause: "closed-while-wrapping",
    words:
      "Complete the task that is wrapped up: it takes the agent's room. Let agents complete without wrapping up long, or have room for two.",
    break: breaking("a customer waits for an agent who wraps up what they had before"),
    follow: "command",
  },
];
