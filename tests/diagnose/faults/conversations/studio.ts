import { addressOf, conversationOf, conversationsOf, web } from "../../talk.ts";
import type { BrokenCentre } from "../../centre.ts";
import type { Fault } from "../fault.ts";

const studio = (cause: string) => ({ step: "studio" as const, cause, exit: 14 });

/** A request that the flow makes first. */
export const requests = (centre: BrokenCentre, url: string) =>
  centre.insertFirst(
    {
      name: "Hours",
      type: "make-http-request",
      properties: { method: "GET", content_type: "application/json", url },
    },
    "success",
    "incomingConversationMessage",
  );

/** Takes the event of conversations from the trigger. */
export const unwire = (centre: BrokenCentre) =>
  centre.changeFlow((states) =>
    states.map((state) =>
      state.type === "trigger"
        ? {
            ...state,
            transitions: state.transitions.map((one) =>
              one.event === "incomingConversationMessage" ? { event: one.event } : one,
            ),
          }
        : state,
    ),
  );

/** A flow like the stack's, which nobody has published. */
export async function draftOf(centre: BrokenCentre): Promise<string> {
  const { definition } = await centre.flow.fetch();
  const draft = await centre.client.studio.v2.flows.create({
    friendlyName: "Draft",
    status: "draft",
    definition: definition as object,
  });
  return draft.sid;
}

/** Has somebody write while the Address leads to a flow that does not hear it, and leads it back. @returns the flow */
export async function ledElsewhere(centre: BrokenCentre): Promise<string> {
  const { sid } = await deafFlow(centre);
  await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": sid });
  await web(centre).writes("Hello");
  await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": centre.sids.flow });
  return sid;
}

export const deafFlow = (centre: BrokenCentre) =>
  centre.client.studio.v2.flows.create({
    friendlyName: "Other",
    status: "published",
    definition: {
      description: "Hears nothing",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [{ event: "incomingMessage" }],
          properties: { offset: { x: 0, y: 0 } },
        },
      ],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    },
  });

export const conversationStudioFaults: readonly Fault[] = [
  {
    name: "the trigger of the flow does not hear conversations",
    break: async (centre) => {
      await unwire(centre);
      return web(centre).writes("Hello");
    },
    expect: studio("trigger-not-wired"),
  },
  {
    name: "somebody led the Address to a flow that does not hear conversations",
    break: async (centre) => {
      const { sid } = await deafFlow(centre);
      await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": sid });
      return web(centre).writes("Hello");
    },
    expect: studio("trigger-not-wired"),
  },
  {
    name: "a conversation goes to a deaf flow that its Address led to before",
    break: async (centre) => {
      await ledElsewhere(centre);
      return web(centre).writes("Still there?");
    },
    expect: studio("trigger-not-wired"),
  },
  {
    name: "a conversation goes to a deleted flow that its Address led to before",
    break: async (centre) => {
      await centre.client.studio.v2.flows(await ledElsewhere(centre)).remove();
      return web(centre).writes("Still there?");
    },
    expect: studio("flow-missing"),
  },
  {
    name: "the Studio flow of an Address was deleted",
    break: async (centre) => {
      await centre.flow.remove();
      return web(centre).writes("Hello");
    },
    expect: studio("flow-missing"),
  },
  {
    name: "the Address leads to a flow that was never published",
    break: async (centre) => {
      const flow = await draftOf(centre);
      await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": flow });
      return web(centre).writes("Hello");
    },
    expect: studio("flow-unpublished"),
  },
  {
    name: "the Address opens conversations and tells nobody",
    break: async (centre) => {
      await (await addressOf(web(centre))).update({ "autoCreation.type": "default" });
      return web(centre).writes("Hello");
    },
    expect: studio("address-without-handler"),
  },
  {
    name: "a program took the webhook from a conversation whose flow waits",
    served: true,
    break: async (centre) => {
      await web(centre).writes("Hello");
      const { webhooks } = conversationsOf(centre)(await conversationOf(web(centre)));
      for (const { sid } of await webhooks.list()) await webhooks(sid).remove();
      await centre.advance(60);
      return web(centre).writes("Invoice");
    },
    expect: studio("conversation-webhook-missing"),
  },
  {
    name: "a request of a conversation's flow fails",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 500 });
      await requests(centre, `${receiver.url}/hours`);
      const message = await web(centre).writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: studio("widget-failed"),
  },
  {
    name: "a conversation's flow ends before it hands over",
    break: async (centre) => {
      await centre.changeFlow((states) =>
        states.map((state) =>
          state.name === "Answer"
            ? { ...state, transitions: state.transitions.map(({ next: _, ...transition }) => transition) }
            : state,
        ),
      );
      await web(centre).writes("Hello");
      return web(centre).writes("Invoice");
    },
    expect: studio("flow-ended-early"),
  },
  {
    name: "a program ended the execution that waited in a conversation",
    break: async (centre) => {
      const message = await web(centre).writes("Hello");
      const [execution] = await centre.flow.executions.list();
      await centre.flow.executions(execution?.sid ?? "").update({ status: "ended" });
      return message;
    },
    expect: studio("flow-ended-early"),
  },
  {
    name: "an execution that goes on with nothing holds a conversation",
    webhookTimeout: 60_000,
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      await requests(centre, `${receiver.url}/hours`);
      await web(centre).writes("Hello");
      centre.skip(300);
      return web(centre).writes("Are you there?");
    },
    expect: studio("execution-stuck"),
  },
  {
    name: "the execution of a conversation that was closed holds its customer",
    served: true,
    break: async (centre) => {
      const { definition } = await centre.flow.fetch();
      const flags = { allow_concurrent_calls: false };
      await centre.flow.update({ status: "published", definition: { ...(definition as object), flags } });
      await web(centre).writes("Hello");
      await conversationsOf(centre)(await conversationOf(web(centre))).update({ state: "closed" });
      await centre.advance(30);
      return web(centre).writes("Hello again");
    },
    expect: studio("execution-blocking"),
  },
];
