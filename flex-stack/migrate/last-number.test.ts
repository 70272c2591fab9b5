import { describe, expect, test } from "@jest/globals";
import { leaveChat, type LeavingFacts } from "./last-number.ts";

const free: LeavingFacts = { isProtected: false, proxyNames: ["flex-proxy-service"] };
const edited = (settings: Record<string, unknown>, facts: LeavingFacts = free) => {
  const { edits, byHand } = leaveChat(settings, facts);
  return {
    edits: Object.fromEntries(edits.map(({ path, value }) => [path.join("."), value])),
    byHand: byHand.map((sentence) => sentence.split(":")[0]),
  };
};
const done = { kind: "conversations", numbers: { main: { kind: "conversations" } } };

describe("with the last number on Flex Conversations", () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["nothing is left to take out", { messageHandling: done }, {}, []],
    [
      "Proxy and Chat go, and what only Flex Flows take",
      {
        messageHandling: {
          ...done,
          kind: "flex",
          longLived: false,
          janitorEnabled: true,
          integration: { type: "task" },
        },
        proxy: {},
        chat: {},
      },
      {
        "messageHandling.kind": "conversations",
        "messageHandling.longLived": undefined,
        "messageHandling.janitorEnabled": undefined,
        "messageHandling.integration": undefined,
        chat: undefined,
        proxy: undefined,
      },
      [],
    ],
    [
      "an integration of conversations stays",
      { messageHandling: { ...done, integration: { type: "studio" } } },
      {},
      [],
    ],
    [
      "the service's name and roles go over by Conversations' words",
      {
        messageHandling: done,
        chat: {
          friendlyName: "Chat",
          roles: {
            auditor: {
              friendlyName: "auditor",
              type: "channel",
              permissions: ["leaveChannel", "inviteMember"],
            },
            desk: {
              friendlyName: "desk",
              type: "deployment",
              permissions: ["joinChannel", "editAnyUserInfo"],
            },
          },
        },
        conversations: { defaultClosedTimer: "P1D" },
      },
      {
        chat: undefined,
        "conversations.service": { friendlyName: "Chat" },
        "conversations.roles": {
          auditor: { friendlyName: "auditor", type: "conversation", permissions: ["leaveConversation"] },
          desk: {
            friendlyName: "desk",
            type: "service",
            permissions: ["joinConversation", "editAnyUserInfo"],
          },
        },
      },
      ["chat.roles.auditor"],
    ],
    [
      "roles join those that are there, and a key that is taken is left to a person",
      {
        messageHandling: done,
        chat: {
          roles: {
            one: { friendlyName: "one", type: "channel", permissions: ["sendMessage"] },
            two: { friendlyName: "two", type: "channel", permissions: ["sendMessage"] },
          },
        },
        conversations: { roles: { one: {} } },
      },
      {
        chat: undefined,
        "conversations.roles.two": {
          friendlyName: "two",
          type: "conversation",
          permissions: ["sendMessage"],
        },
      },
      ["chat.roles.one"],
    ],
    [
      "webhooks go over, and what Conversations has no word for is told",
      {
        messageHandling: done,
        chat: {
          postWebhookUrl: "https://a.example/chat",
          webhookMethod: "POST",
          webhookFilters: ["onMessageSent", "onMediaMessageSent", "onChannelDestroyed", "onChannelAdd"],
          postWebhookRetryCount: 2,
          limits: { channelMembers: 50 },
        },
      },
      {
        chat: undefined,
        "conversations.webhooks": {
          postWebhookUrl: "https://a.example/chat",
          method: "POST",
          filters: ["onMessageAdded", "onConversationRemoved"],
        },
      },
      [
        "chat.limits",
        "conversations.webhooks",
        "Chat's own webhooks stay in the account as they are",
        "onChannelAdd",
        "chat.postWebhookRetryCount",
      ],
    ],
    [
      "webhooks that are there stay",
      {
        messageHandling: done,
        chat: { postWebhookUrl: "https://a.example/chat" },
        conversations: { webhooks: { postWebhookUrl: "https://b.example/talk" } },
      },
      { chat: undefined },
      ["chat's webhooks"],
    ],
  ])("%s", (_, settings, edits, byHand) => {
    expect(edited(settings)).toEqual({ edits, byHand });
  });

  test("a protected stack lets go of Proxy by name, beside what it lets go already", () => {
    const facts = { ...free, isProtected: true };
    expect(edited({ messageHandling: done, proxy: {}, allowedDeletions: ["x"] }, facts)).toEqual({
      edits: { proxy: undefined, allowedDeletions: ["x", "flex-proxy-service"] },
      byHand: ["The stack is protected"],
    });
    const twice = { messageHandling: done, proxy: {}, allowedDeletions: ["flex-proxy-service"] };
    expect(edited(twice, facts)).toEqual({ edits: { proxy: undefined }, byHand: [] });
    expect(edited({ messageHandling: done, proxy: {} })).toEqual({ edits: { proxy: undefined }, byHand: [] });
  });
});
