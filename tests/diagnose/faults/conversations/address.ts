import type { BrokenCentre } from "../../centre.ts";
import { addressOf, conversationOf, conversationsOf, talking, web } from "../../talk.ts";
import type { Fault } from "../fault.ts";

const address = (cause: string) => ({ step: "address" as const, cause, exit: 12 });

/** A service of Conversations beside Flex's own. */
export async function otherService(centre: BrokenCentre): Promise<string> {
  return (await centre.client.conversations.v1.services.create({ friendlyName: "Other" })).sid;
}

/** Lets the number's Address open conversations in another service. */
export async function opensElsewhere(centre: BrokenCentre): Promise<string> {
  const sid = await otherService(centre);
  await (await addressOf(centre)).update({ "autoCreation.conversationServiceSid": sid });
  return sid;
}

const asksFirst = { preWebhookUrl: "", method: "POST", filters: ["onConversationAdd", "onMessageAdd"] };

export const addressFaults: readonly Fault[] = [
  {
    name: "the Address is disabled",
    served: true,
    break: async (centre) => {
      await (await addressOf(web(centre))).update({ "autoCreation.enabled": false });
      return web(centre).writes("Hello");
    },
    expect: address("address-disabled"),
  },
  {
    name: "the Address was deleted",
    break: async (centre) => {
      await (await addressOf(web(centre))).remove();
      return web(centre).writes("Hello");
    },
    expect: address("address-missing"),
  },
  {
    name: "the Address opens conversations in a service that was deleted",
    served: true,
    break: async (centre) => {
      const sid = await opensElsewhere(web(centre));
      await centre.client.conversations.v1.services(sid).remove();
      return web(centre).writes("Hello");
    },
    expect: address("address-service-missing"),
  },
  {
    name: "the Address opens conversations in another service",
    served: true,
    break: async (centre) => {
      await opensElsewhere(web(centre));
      return web(centre).writes("Hello");
    },
    expect: address("address-other-service"),
  },
  {
    name: "the Address of the number is for WhatsApp",
    break: async (centre) => {
      await (await addressOf(web(centre))).remove();
      await centre.client.conversations.v1.addressConfigurations.create({
        type: "whatsapp",
        address: web(centre).number,
        "autoCreation.enabled": true,
        "autoCreation.type": "default",
      });
      return web(centre).writes("Hello");
    },
    expect: address("address-other-channel"),
  },
  {
    name: "a webhook of the service refuses the conversation",
    served: true,
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 403 });
      const { configuration } = centre.client.conversations.v1.services(centre.sids.chat);
      await configuration.webhooks().update({ ...asksFirst, preWebhookUrl: `${receiver.url}/before` });
      const message = await web(centre).writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: address("conversation-refused"),
  },
  {
    name: "a webhook of the account refuses the conversation",
    served: true,
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 403 });
      const { configuration } = centre.client.conversations.v1;
      await configuration.webhooks().update({
        preWebhookUrl: `${receiver.url}/before`,
        method: "POST",
        filters: ["onConversationAdd"],
      });
      const message = await web(centre).writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: address("conversation-refused"),
  },
  {
    name: "the number of an Address hands its messages to a URL, too",
    served: true,
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 204 });
      await web(centre).ownNumber.update({ smsUrl: `${receiver.url}/sms` });
      const message = await web(centre).writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: address("number-two-handlers"),
  },
  {
    name: "the number of an Address hands its messages to a Studio flow, too",
    break: async (centre) => {
      const { accountSid } = centre.emulator;
      const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${centre.sids.flow}`;
      await web(centre).ownNumber.update({ smsUrl });
      return web(centre).writes("Hello");
    },
    expect: address("number-two-handlers"),
  },
  {
    name: "the number of an Address has Twilio's placeholder, which answers by itself",
    served: true,
    break: async (centre) => {
      await web(centre).ownNumber.update({ smsUrl: "https://demo.twilio.com/welcome/sms/reply" });
      return web(centre).writes("Hello");
    },
    expect: address("number-two-handlers"),
  },
  {
    name: "a TwiML application takes the messages to an Address, too",
    break: async (centre) => {
      await web(centre).ownNumber.update({ smsApplicationSid: `AP${"0".repeat(32)}` });
      return web(centre).writes("Hello");
    },
    expect: address("number-two-handlers"),
  },
  {
    name: "a Messaging Service hands the messages to an Address on, too",
    break: async (centre, receiver) => {
      receiver.answer = () => ({ status: 204 });
      const { services } = centre.client.messaging.v1;
      const { sid } = await services.create({
        friendlyName: "Campaign",
        inboundRequestUrl: `${receiver.url}/campaign`,
      });
      await services(sid).phoneNumbers.create({ phoneNumberSid: web(centre).sids.number });
      const message = await web(centre).writes("Hello");
      await centre.journey(message);
      return message;
    },
    expect: address("number-two-handlers"),
  },
  {
    name: "the number of an Address is in the Proxy pool and has a Flex Flow",
    break: async (centre) => {
      const { number, sids } = web(centre);
      await centre.proxy.phoneNumbers.create({ sid: sids.number });
      await centre.client.flexApi.v1.flexFlow.create({
        friendlyName: "Web shop, as before",
        chatServiceSid: sids.chat,
        channelType: "sms",
        contactIdentity: number,
        enabled: true,
        integrationType: "studio",
        "integration.flowSid": sids.flow,
      });
      return web(centre).writes("Hello");
    },
    expect: address("proxy-beside-address"),
  },
  {
    name: "the number of an Address was put into the Proxy pool while the agent talks",
    break: async (centre) => {
      await talking(web(centre));
      await centre.proxy.phoneNumbers.create({ sid: web(centre).sids.number });
      await centre.advance(60);
      return web(centre).writes("Are you there?");
    },
    expect: address("proxy-beside-address"),
  },
  {
    name: "a program deletes the conversation",
    break: async (centre) => {
      const message = await web(centre).writes("Hello");
      await conversationsOf(centre)(await conversationOf(web(centre))).remove();
      return message;
    },
    expect: address("conversation-missing"),
  },
];
