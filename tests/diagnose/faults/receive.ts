import { customer } from "../centre.ts";
import type { Fault } from "./fault.ts";

const receive = (cause: string) => ({ step: "receive" as const, cause, exit: 11 });

export const receiveFaults: readonly Fault[] = [
  {
    name: "the number has no handler",
    break: async (centre) => {
      await centre.ownNumber.update({ smsUrl: "" });
      return centre.writes("Hello");
    },
    expect: receive("number-no-handler"),
  },
  {
    name: "the number hands its messages to a URL",
    break: async (centre, { url }) => {
      await centre.ownNumber.update({ smsUrl: `${url}/sms` });
      return centre.writes("Hello");
    },
    expect: receive("number-other-handler"),
  },
  {
    name: "the number hands its messages to a Studio flow",
    break: async (centre) => {
      const { accountSid } = centre.emulator;
      const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${centre.sids.flow}`;
      await centre.ownNumber.update({ smsUrl });
      return centre.writes("Hello");
    },
    expect: receive("number-other-handler"),
  },
  {
    name: "the number hands its messages to another Proxy service",
    break: async (centre) => {
      const other = await centre.client.proxy.v1.services.create({ uniqueName: "Other" });
      const { accountSid } = centre.emulator;
      const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${other.sid}/Webhooks/Message`;
      await centre.ownNumber.update({ smsUrl });
      return centre.writes("Hello");
    },
    expect: receive("number-other-proxy"),
  },
  {
    name: "a Messaging Service takes the number's messages",
    break: async (centre) => {
      const service = await centre.client.messaging.v1.services.create({ friendlyName: "Marketing" });
      await centre.client.messaging.v1
        .services(service.sid)
        .phoneNumbers.create({ phoneNumberSid: centre.sids.number });
      return centre.writes("Hello");
    },
    expect: receive("number-messaging-service"),
  },
  {
    name: "the number was released since",
    break: async (centre) => {
      await centre.ownNumber.update({ smsUrl: "" });
      const message = await centre.writes("Hello");
      await centre.ownNumber.remove();
      return message;
    },
    expect: receive("number-missing"),
  },
  {
    name: "the message was deleted, as after its retention",
    break: async (centre) => {
      const message = await centre.writes("Hello");
      await centre.client.messages(message).remove();
      return message;
    },
    expect: receive("message-missing"),
  },
  {
    name: "the sender never wrote",
    break: () => Promise.resolve({ from: "+14155550199" }),
    expect: receive("no-message"),
  },
  {
    name: "the sender wrote earlier than looked for",
    break: async (centre) => {
      await centre.writes("Hello");
      await centre.advance(3 * 3600);
      return { from: customer, since: "2h" };
    },
    expect: receive("no-message"),
  },
  {
    name: "the number was handed to a URL in the middle of the conversation",
    break: async (centre, { url }) => {
      await centre.talks();
      await centre.advance(60);
      await centre.ownNumber.update({ smsUrl: `${url}/sms` });
      return centre.writes("Are you there?");
    },
    expect: receive("number-other-handler"),
  },
  {
    name: "a TwiML application takes the number's messages",
    break: async (centre) => {
      await centre.ownNumber.update({ smsApplicationSid: `AP${"0".repeat(32)}` });
      return centre.writes("Hello");
    },
    expect: receive("number-application"),
  },
  {
    name: "the number lost its handler in the middle of the conversation",
    break: async (centre) => {
      await centre.talks();
      await centre.ownNumber.update({ smsUrl: "" });
      await centre.advance(60);
      return centre.writes("Are you there?");
    },
    expect: receive("number-no-handler"),
  },
];
