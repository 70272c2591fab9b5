import type { BrokenCentre } from "../../centre.ts";
import { addressOf, asked, conversationOf, conversationsOf, web } from "../../talk.ts";
import { workflowOf } from "../change.ts";
import type { Fault } from "../fault.ts";

const interaction = (cause: string) => ({ step: "interaction" as const, cause, exit: 21 });

/** Where an Interaction is routed, as the flow's are. */
export const routing = async (centre: BrokenCentre, more: object = {}) => ({
  properties: {
    workspace_sid: centre.sids.workspace,
    workflow_sid: await workflowOf(centre),
    task_channel_unique_name: "sms",
    attributes: { skill: "billing" },
    ...more,
  },
});

/** Makes an Interaction as a program does, and lets it be set up. @returns its task */
export async function interact(centre: BrokenCentre, channel: object, more: object = {}): Promise<string> {
  const made = await centre.client.flexApi.v1.interaction.create({
    channel,
    routing: await routing(centre, more),
  });
  await centre.advance(1);
  return (made.routing as { properties: { sid: string } }).properties.sid;
}

/** An Interaction about a conversation that a customer began. */
export const about = (conversationSid: string) => ({
  type: "sms",
  initiated_by: "customer",
  properties: { media_channel_sid: conversationSid },
});

/** An agent's first message to somebody. */
const outbound = (address: string, proxy: string) => ({
  type: "sms",
  initiated_by: "agent",
  participants: [{ address, proxy_address: proxy }],
});

/** Has the number's conversations told of to a URL, in the place of the flow. */
export async function tellUrl(centre: BrokenCentre, url: string): Promise<void> {
  await (
    await addressOf(centre)
  ).update({
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": url,
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
}

export const interactionFaults: readonly Fault[] = [
  {
    name: "the Interaction is about a conversation that was closed before",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 204 });
      await tellUrl(web(centre), `${receiver.url}/conversations`);
      const message = await web(centre).writes("Hello");
      const conversationSid = await conversationOf(web(centre));
      await conversationsOf(centre)(conversationSid).update({ state: "closed" });
      await interact(centre, about(conversationSid));
      return message;
    },
    expect: interaction("interaction-failed"),
  },
  {
    name: "the Interaction is about a conversation that nobody is in",
    break: async (centre) => {
      const { sid } = await conversationsOf(centre).create({ friendlyName: "Own" });
      await interact(centre, about(sid));
      return { channel: sid };
    },
    expect: interaction("interaction-failed"),
  },
  {
    name: "an agent writes first from a number that is none of the account",
    break: async (centre) => ({
      task: await interact(centre, outbound("+14155550198", "+14155550199")),
    }),
    expect: interaction("interaction-failed"),
  },
  {
    name: "an agent writes first to a customer who is in another conversation",
    break: async (centre) => {
      await asked(web(centre));
      return { task: await interact(centre, outbound(web(centre).customer, web(centre).number)) };
    },
    expect: interaction("customer-not-added"),
  },
  {
    name: "a handler of one's own makes a task without an Interaction",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 204 });
      await tellUrl(web(centre), `${receiver.url}/conversations`);
      const message = await web(centre).writes("Hello");
      const attributes = JSON.stringify({
        conversationSid: await conversationOf(web(centre)),
        skill: "billing",
      });
      await centre.router.tasks.create({
        workflowSid: await workflowOf(centre),
        taskChannel: "sms",
        attributes,
      });
      return message;
    },
    expect: interaction("task-without-interaction"),
  },
];
