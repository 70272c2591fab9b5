import type { Fault } from "./fault.ts";

const studio = (cause: string) => ({ step: "studio" as const, cause, exit: 14 });

export const studioFaults: readonly Fault[] = [
  {
    name: "a request of the flow fails",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 500 });
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      const message = await centre.writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: studio("widget-failed"),
  },
  {
    name: "a request of the flow gets no answer",
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      const message = await centre.writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: studio("widget-failed"),
  },
  {
    name: "the Studio flow was deleted",
    break: async (centre) => {
      await centre.flow.remove();
      return centre.writes("Hello");
    },
    expect: studio("flow-missing"),
  },
  {
    name: "the flow ends before it hands over",
    break: async (centre) => {
      await centre.changeFlow((states) =>
        states.map((state) =>
          state.name === "Answer"
            ? { ...state, transitions: state.transitions.map(({ next: _, ...transition }) => transition) }
            : state,
        ),
      );
      return centre.asks();
    },
    expect: studio("flow-ended-early"),
  },
  {
    name: "the channel lost its webhook to the flow",
    break: async (centre) => {
      await centre.writes("Hello");
      const [session] = await centre.proxy.sessions.list();
      const webhooks = centre.channel(session?.uniqueName ?? "").webhooks;
      for (const { sid } of await webhooks.list())
        await centre
          .channel(session?.uniqueName ?? "")
          .webhooks(sid)
          .remove();
      await centre.advance(60);
      return centre.writes("Invoice");
    },
    expect: studio("channel-webhook-missing"),
  },
  {
    name: "an execution that goes on with nothing holds the contact",
    webhookTimeout: 60_000,
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      const properties = { method: "GET", content_type: "application/json", url: `${receiver.url}/hours` };
      await centre.insertFirst({ name: "Hours", type: "make-http-request", properties }, "success");
      await centre.writes("Hello");
      centre.skip(300);
      return centre.writes("Are you there?");
    },
    expect: studio("execution-stuck"),
  },
  {
    name: "the Flex Flow leads to a flow that was never published",
    break: async (centre) => {
      const { definition } = await centre.flow.fetch();
      const draft = await centre.client.studio.v2.flows.create({
        friendlyName: "Draft",
        status: "draft",
        definition: definition as object,
      });
      await (await centre.flexFlow()).update({ "integration.flowSid": draft.sid });
      return centre.writes("Hello");
    },
    expect: studio("flow-unpublished"),
  },
  {
    name: "the trigger leads nowhere",
    break: async (centre) => {
      await centre.changeFlow((states) =>
        states.map((state) =>
          state.type === "trigger"
            ? { ...state, transitions: state.transitions.map(({ event }) => ({ event })) }
            : state,
        ),
      );
      return centre.writes("Hello");
    },
    expect: studio("flow-ended-early"),
  },
  {
    name: "a program ended the execution that waited for the customer",
    break: async (centre) => {
      const message = await centre.writes("Hello");
      const [execution] = await centre.flow.executions.list();
      await centre.flow.executions(execution?.sid ?? "").update({ status: "ended" });
      return message;
    },
    expect: studio("flow-ended-early"),
  },
];
