import type { Ailment } from "./ailments.ts";
import { opensElsewhere } from "./faults/conversations/address.ts";
import { crowd } from "./faults/conversations/reservations.ts";
import { deafFlow, draftOf, ledElsewhere, requests, unwire } from "./faults/conversations/studio.ts";
import { setActivity } from "./faults/change.ts";
import { addressOf, asked, conversationsOf, talking, taskOf, web } from "./talk.ts";

/** What in the set-up of Flex Conversations would break messages. Adding one is one entry. */
export const ailmentsOfConversations: readonly Ailment[] = [
  {
    name: "an Address is disabled, and nobody else gets its texts",
    break: async (centre) => (await addressOf(web(centre))).update({ "autoCreation.enabled": false }),
    check: "addresses",
    causes: ["address-disabled"],
  },
  {
    name: "a number for Flex Conversations has no Address",
    break: async (centre) => (await addressOf(web(centre))).remove(),
    check: "numbers",
    causes: ["address-missing"],
  },
  {
    name: "an Address opens conversations where Flex does not look",
    break: (centre) => opensElsewhere(web(centre)),
    check: "addresses",
    causes: ["address-other-service"],
  },
  {
    name: "an Address opens conversations in a service that is deleted",
    break: async (centre) => {
      const sid = await opensElsewhere(web(centre));
      await centre.client.conversations.v1.services(sid).remove();
    },
    check: "addresses",
    causes: ["address-service-missing"],
  },
  {
    name: "an Address leads to a flow that was never published",
    break: async (centre) => {
      const flow = await draftOf(centre);
      await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": flow });
    },
    check: "addresses",
    causes: ["flow-unpublished"],
  },
  {
    name: "an Address leads to a flow that is deleted",
    break: async (centre) => {
      const flow = await draftOf(centre);
      await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": flow });
      await centre.client.studio.v2.flows(flow).remove();
    },
    check: "addresses",
    causes: ["flow-missing"],
  },
  {
    name: "an Address has nobody told",
    break: async (centre) => (await addressOf(web(centre))).update({ "autoCreation.type": "default" }),
    check: "addresses",
    causes: ["address-without-handler"],
  },
  {
    name: "the trigger of an Address's flow does not hear conversations",
    break: unwire,
    check: "flows",
    causes: ["trigger-not-wired"],
  },
  {
    name: "a webhook is asked before conversations are opened",
    break: (centre) =>
      centre.client.conversations.v1
        .services(centre.sids.chat)
        .configuration.webhooks()
        .update({ preWebhookUrl: "https://example.com/before", filters: ["onConversationAdd"] }),
    check: "addresses",
    causes: ["conversation-refused"],
  },
  {
    name: "no timer closes conversations",
    break: (centre) => centre.client.conversations.v1.configuration().update({ defaultClosedTimer: "" }),
    check: "addresses",
    causes: ["closed-timer-missing"],
  },
  {
    name: "a number with an Address is in the Proxy pool",
    break: (centre) => centre.proxy.phoneNumbers.create({ sid: web(centre).sids.number }),
    check: "numbers",
    causes: ["proxy-beside-address"],
  },
  {
    name: "a Messaging Service hands a number's texts on beside its Address",
    break: async (centre) => {
      const { services } = centre.client.messaging.v1;
      const { sid } = await services.create({
        friendlyName: "Campaign",
        inboundRequestUrl: "https://example.com/campaign",
      });
      await services(sid).phoneNumbers.create({ phoneNumberSid: web(centre).sids.number });
    },
    check: "numbers",
    causes: ["number-two-handlers"],
  },
  {
    name: "an execution of a conversation does not go on",
    break: async (centre, receiver) => {
      receiver.answer = () => "hang";
      await requests(centre, `${receiver.url}/hours`);
      await web(centre).writes("Hello");
      centre.skip(300);
    },
    check: "executions",
    causes: ["execution-stuck"],
  },
  {
    name: "a conversation outlived its task",
    break: async (centre) => {
      await asked(web(centre));
      const task = centre.router.tasks(await taskOf(centre));
      await task.update({ assignmentStatus: "canceled", reason: "script" });
    },
    check: "orphan-conversations",
    causes: ["conversation-orphaned"],
  },
  {
    name: "a conversation goes to a deaf flow that its Address led to before",
    break: ledElsewhere,
    check: "orphan-conversations",
    causes: ["conversation-orphaned"],
  },
  {
    name: "a conversation goes to a deleted flow that its Address led to before",
    break: async (centre) => centre.client.studio.v2.flows(await ledElsewhere(centre)).remove(),
    check: "orphan-conversations",
    causes: ["conversation-orphaned"],
  },
  {
    name: "an Address leads to another flow than the stack's, which hands nothing to Flex",
    break: async (centre) => {
      const { sid } = await deafFlow(centre);
      await (await addressOf(web(centre))).update({ "autoCreation.studioFlowSid": sid });
    },
    check: "flows",
    causes: ["flow-without-flex"],
  },
  {
    name: "a task outlived its conversation",
    break: async (centre) => {
      const { conversationSid } = await talking(web(centre));
      await conversationsOf(centre)(conversationSid).update({ state: "closed" });
    },
    check: "closed-conversations",
    causes: ["conversation-closed"],
  },
  {
    name: "a customer waits for an agent who wraps up what they had before",
    break: async (centre) => {
      await setActivity(centre, "bob", "Break");
      const { agent, reservation } = await talking(web(centre));
      await agent.wrapUp(reservation);
      await asked(web(centre));
    },
    check: "closed-conversations",
    causes: ["closed-while-wrapping"],
  },
  {
    name: "an agent is in as many conversations as can be",
    break: (centre) => crowd(centre, "alice"),
    check: "agent-room",
    causes: ["agent-in-too-many-conversations"],
  },
];
