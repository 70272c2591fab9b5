import { ref } from "../case.ts";
import type { Case } from "../case.ts";

export const conversations: Case[] = [
  {
    name: "webhookAddress",
    token: "twilio:conversations:Address",
    inputs: {
      type: "sms",
      address: ref("number.phoneNumber"),
      friendlyName: "Support",
      addressCountry: "US",
      autoCreation: {
        enabled: true,
        type: "webhook",
        conversationServiceSid: ref("chat.sid"),
        webhookUrl: "https://example.com/events",
        webhookMethod: "get",
        webhookFilters: ["onMessageAdded", "onParticipantAdded"],
      },
    },
    update: {
      autoCreation: {
        enabled: false,
        type: "webhook",
        conversationServiceSid: ref("chat.sid"),
        webhookUrl: "https://example.com/events",
        webhookMethod: "get",
        webhookFilters: ["onMessageAdded"],
      },
    },
    drift: {
      friendlyName: "Other",
      "autoCreation.enabled": true,
      "autoCreation.conversationServiceSid": ref("otherChat.sid"),
      "autoCreation.webhookUrl": "https://example.com/other",
      "autoCreation.webhookMethod": "post",
      "autoCreation.webhookFilters": ["onConversationUpdated"],
    },
    cleared: { friendlyName: null },
    at: (client, sid) => client.conversations.v1.addressConfigurations(sid),
  },
  {
    name: "studioAddress",
    token: "twilio:conversations:Address",
    inputs: {
      type: "whatsapp",
      address: "whatsapp:+14155550190",
      autoCreation: { enabled: true, type: "studio", studioFlowSid: ref("flow.sid"), studioRetryCount: 3 },
    },
    update: { friendlyName: "WhatsApp" },
    drift: { "autoCreation.studioFlowSid": ref("otherFlow.sid"), "autoCreation.studioRetryCount": 1 },
    at: (client, sid) => client.conversations.v1.addressConfigurations(sid),
  },
  {
    name: "plainAddress",
    token: "twilio:conversations:Address",
    inputs: {
      type: "messenger",
      address: "messenger:1234567890",
      autoCreation: { enabled: true, type: "default" },
    },
    update: { autoCreation: { enabled: false, type: "default" } },
    drift: { "autoCreation.type": "studio" },
    driftNeeds: { "autoCreation.studioFlowSid": ref("otherFlow.sid") },
    at: (client, sid) => client.conversations.v1.addressConfigurations(sid),
  },
];
