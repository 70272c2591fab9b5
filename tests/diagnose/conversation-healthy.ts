import type { BrokenCentre } from "./centre.ts";
import type { Healthy } from "./healthy.ts";
import { tellUrl, interact, about, routing } from "./faults/conversations/interaction.ts";
import { fill } from "./faults/conversations/reservations.ts";
import {
  accepted,
  addressOf,
  asked,
  conversationOf,
  conversationsOf,
  finished,
  interactionChannel,
  talking,
  web,
} from "./talk.ts";

/** A visitor of a web chat of Flex Conversations asks what it is about. @returns the conversation */
async function visits(centre: BrokenCentre): Promise<string> {
  const { addressConfigurations } = centre.client.conversations.v1;
  const { sid: addressSid } = await addressConfigurations.create({
    type: "chat",
    address: "web-shop",
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": centre.sids.flow,
    "autoCreation.conversationServiceSid": centre.sids.chat,
  });
  const { conversationSid } = await centre.client.flexApi.v2.webChannels.create({
    addressSid,
    customerFriendlyName: "ann",
  });
  const { participants } = conversationsOf(centre)(conversationSid);
  const [visitor] = await participants.list();
  for (const body of ["Hello", "Invoice"])
    await centre.http.send({
      method: "POST",
      url: "/_emulator/messages",
      json: { conversationSid, from: visitor?.identity ?? "", body, mediaUrls: [] },
    });
  await centre.advance(1);
  return conversationSid;
}

/** Journeys through Flex Conversations in which nothing is broken. Adding one is one entry. */
export const journeysOfConversations: readonly Healthy[] = [
  {
    name: "the flow of an Address asks the customer",
    travel: (centre) => web(centre).writes("Hello"),
    marks: "✓✓✓…–––––",
  },
  {
    name: "the task of a conversation is offered",
    travel: (centre) => asked(web(centre)),
    marks: "✓✓✓✓✓✓…––",
  },
  {
    name: "an agent has accepted the invite",
    travel: async (centre) => (await talking(web(centre))).message,
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "an agent has answered in a conversation, and the text is on its way",
    travel: async (centre) => {
      const { message, agent, reservation } = await talking(web(centre));
      await agent.answer(reservation, "How can I help?");
      return message;
    },
    marks: "✓✓✓✓✓✓✓…–",
  },
  {
    name: "an agent's text has arrived",
    travel: async (centre) => {
      const { message, agent, reservation } = await talking(web(centre));
      await agent.answer(reservation, "How can I help?");
      await centre.advance(5);
      return message;
    },
    marks: "✓✓✓✓✓✓✓✓–",
  },
  {
    name: "the customer of a conversation writes again, also once its Address is disabled",
    travel: async (centre) => {
      await talking(web(centre));
      await (await addressOf(web(centre))).update({ "autoCreation.enabled": false });
      await centre.advance(300);
      return web(centre).writes("My invoice is wrong");
    },
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "the customer of an inactive conversation wakes it",
    travel: async (centre) => {
      await talking(web(centre));
      await centre.advance(9 * 3600);
      return web(centre).writes("Still there?");
    },
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "an agent wraps a conversation up",
    travel: async (centre) => {
      const { message, agent, reservation } = await talking(web(centre));
      await agent.wrapUp(reservation);
      return message;
    },
    marks: "✓✓✓✓✓✓✓–…",
  },
  {
    name: "the customer writes while the agent wraps up, and the flow asks anew",
    travel: async (centre) => {
      const { agent, reservation } = await talking(web(centre));
      await agent.wrapUp(reservation);
      return web(centre).writes("One more thing");
    },
    marks: "✓✓✓…–––––",
  },
  {
    name: "a conversation is completed",
    travel: async (centre) => (await finished(web(centre))).message,
    marks: "✓✓✓✓✓✓✓✓✓",
  },
  {
    name: "a conversation is completed, and its task deleted",
    travel: async (centre) => {
      const { message } = await finished(web(centre));
      await centre.advance(660);
      return message;
    },
    marks: "✓✓✓✓✓✓✓✓✓",
  },
  {
    name: "of a conversation of a year ago only conversation and execution are left",
    travel: async (centre) => {
      const { conversationSid } = await finished(web(centre));
      await centre.advance(400 * 86_400);
      return { channel: conversationSid };
    },
    marks: "✓✓✓✓–✓––✓",
  },
  {
    name: "the customer writes again after a conversation was completed",
    travel: async (centre) => {
      await finished(web(centre));
      await centre.advance(120);
      return web(centre).writes("One more thing");
    },
    marks: "✓✓✓…–––––",
  },
  {
    name: "the task of a conversation is named, and deleted",
    travel: async (centre) => {
      const { taskSid } = await finished(web(centre));
      await centre.advance(660);
      return { task: taskSid };
    },
    marks: "✓✓✓✓✓✓✓✓✓",
  },
  {
    name: "an agent talks in a conversation of many",
    travel: async (centre) => {
      const message = await asked(web(centre));
      await fill(web(centre), 120);
      await accepted(web(centre), message);
      return message;
    },
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "a conversation is named",
    travel: async (centre) => ({ channel: (await talking(web(centre))).conversationSid }),
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "the sender of a conversation is named",
    travel: async (centre) => {
      await talking(web(centre));
      return { from: "+1 (415) 555-0170", since: "30m" };
    },
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "an agent's own text of a conversation is named",
    travel: async (centre) => {
      const { agent, reservation } = await talking(web(centre));
      await agent.answer(reservation, "How can I help?");
      await centre.advance(5);
      const { customer, number } = web(centre);
      const [sent] = await centre.client.messages.list({ from: number, to: customer, limit: 1 });
      return sent?.sid ?? "";
    },
    marks: "✓✓✓✓✓✓✓✓–",
  },
  {
    name: "the agent leaves, and the conversation waits to be taken up again",
    travel: async (centre) => {
      const talk = await talking(web(centre));
      await interactionChannel(centre, talk).update({ status: "inactive", routing: { status: "closed" } });
      await centre.advance(60);
      return talk.message;
    },
    marks: "✓✓✓✓✓✓✓–✓",
  },
  {
    name: "somebody else is invited to a conversation that was left",
    travel: async (centre) => {
      const talk = await talking(web(centre));
      await interactionChannel(centre, talk).update({ status: "inactive", routing: { status: "closed" } });
      await centre.advance(60);
      const message = await web(centre).writes("Still there?");
      await interactionChannel(centre, talk).invites.create({ routing: await routing(centre) });
      await centre.accepts();
      return message;
    },
    marks: "✓✓✓✓✓✓✓––",
  },
  {
    name: "a handler of one's own makes the Interaction of a conversation",
    travel: async (centre) => {
      await tellUrl(web(centre), "http://127.0.0.1:1/conversations");
      const message = await web(centre).writes("Hello");
      await interact(centre, about(await conversationOf(web(centre))));
      await centre.accepts();
      return message;
    },
    marks: "✓✓✓–✓✓✓––",
  },
  {
    name: "a visitor asks in a web chat of Flex Conversations",
    travel: async (centre) => ({ channel: await visits(centre) }),
    marks: "––✓✓✓✓…––",
  },
  {
    name: "an Address that is off beside Flex's own handling is a record only",
    travel: async (centre) => {
      await centre.client.conversations.v1.addressConfigurations.create({
        type: "sms",
        address: centre.number,
        "autoCreation.enabled": false,
        "autoCreation.type": "default",
      });
      return centre.asks();
    },
    marks: "✓✓✓✓✓…––",
  },
];
