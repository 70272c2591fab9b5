import { expect, test } from "@jest/globals";
import type { Response } from "../../provider/access.ts";
import {
  account,
  address,
  conversations,
  flexFlow,
  make,
  phoneNumber,
  pooled,
  proxyWebhook,
  sidOf,
  withoutChat,
  workspaceSid,
} from "./account.fixture.ts";
import type { FoundAccount, FoundConversations } from "./found-account.ts";
import { mostCommon, numberHandling } from "./number-handling.ts";

const e164 = "+12025550101";
const handling = (number: Response = {}, parts: Partial<FoundAccount> = {}) =>
  numberHandling(account(parts), phoneNumber(1, e164, number));
const flow = (more: Response) => ({ flexFlows: [flexFlow(1, e164, more)] });

const opens = (opening: Response = {}, parts: Partial<FoundConversations> = {}): Partial<FoundAccount> => ({
  flexFlows: [],
  conversations: conversations({ addresses: [address(1, e164, opening)], ...parts }),
});

test.each<[string, Response, Partial<FoundAccount>, object]>([
  [
    "Flex, through Studio",
    {},
    {},
    { kind: "flex", integration: { type: "studio", flowSid: sidOf("FW", 1) } },
  ],
  [
    "Flex, through a URL",
    {},
    flow({ integrationType: "external", integration: { url: "https://a.example.com" } }),
    { kind: "flex", integration: { type: "external", url: "https://a.example.com" } },
  ],
  [
    "Flex, as tasks",
    {},
    flow({
      integrationType: "task",
      integration: {
        workspace_sid: workspaceSid,
        workflow_sid: "WW1",
        channel: "TC1",
        priority: 3,
        timeout: 86400,
      },
    }),
    {
      kind: "flex",
      integration: {
        type: "task",
        workspaceSid,
        workflowSid: "WW1",
        channel: "TC1",
        timeout: undefined,
        priority: 3,
      },
    },
  ],
  [
    "a handler",
    { smsUrl: "https://a.example.com", smsMethod: "GET" },
    { flexFlows: [] },
    { kind: "custom", handler: { smsUrl: "https://a.example.com", smsMethod: "GET" } },
  ],
  [
    "a handler with a fallback, and a Flex Flow that is off",
    { smsUrl: "https://a.example.com", smsFallbackUrl: "https://b.example.com", smsFallbackMethod: "POST" },
    flow({ enabled: false }),
    {
      kind: "custom",
      handler: {
        smsUrl: "https://a.example.com",
        smsMethod: "POST",
        smsFallbackUrl: "https://b.example.com",
        smsFallbackMethod: "POST",
      },
    },
  ],
  [
    "Flex Conversations, through Studio",
    { smsUrl: "" },
    { flexFlows: [], conversations: conversations({ addresses: [address(1, e164)] }) },
    { kind: "conversations", integration: { type: "studio", flowSid: sidOf("FW", 1) } },
  ],
  [
    "Flex Conversations, through a URL, and a Flex Flow that is off",
    { smsUrl: "" },
    {
      ...flow({ enabled: false }),
      conversations: conversations({
        addresses: [
          address(1, e164, {
            type: "webhook",
            studio_flow_sid: null,
            webhook_url: "https://a.example.com",
            webhook_method: "post",
            webhook_filters: ["onMessageAdded"],
          }),
        ],
      }),
    },
    {
      kind: "conversations",
      integration: {
        type: "webhook",
        url: "https://a.example.com",
        method: "POST",
        filters: ["onMessageAdded"],
      },
    },
  ],
  [
    "Flex, and an Address that is off: prepared",
    {},
    { conversations: conversations({ addresses: [address(1, e164, { enabled: false })] }) },
    { kind: "flex", next: { integration: { type: "studio", flowSid: sidOf("FW", 1) } } },
  ],
  [
    "Flex, and an Address that is off and opens them elsewhere",
    {},
    {
      conversations: conversations({
        addresses: [address(1, e164, { enabled: false, conversation_service_sid: sidOf("IS", 2) })],
      }),
    },
    { kind: "flex", next: undefined },
  ],
  [
    "Flex Conversations, and a Flex Flow that is off and a place in the pool: cut",
    { smsUrl: "" },
    { ...opens(), ...flow({ enabled: false }) },
    {
      kind: "conversations",
      former: { pooled: { sid: sidOf("PN", 1) }, integration: { type: "studio", flowSid: sidOf("FW", 1) } },
    },
  ],
  [
    "Flex Conversations, and a Flex Flow that is off, of a number that has left the pool",
    { smsUrl: "" },
    { ...opens(), ...flow({ enabled: false }), pool: [] },
    { kind: "conversations", former: undefined },
  ],
  [
    "a handler, beside an Address that is off",
    { smsUrl: "https://a.example.com" },
    { flexFlows: [], conversations: conversations({ addresses: [address(1, e164, { enabled: false })] }) },
    { kind: "custom" },
  ],
])("the messages of a number go to %s", (_, number, parts, expected) => {
  expect(handling(number, parts)).toMatchObject(expected);
});

test.each<[string, Response, Partial<FoundAccount>]>([
  ["a TwiML application gets its messages", { smsApplicationSid: sidOf("AP", 1) }, {}],
  ["but its messages do not go to Proxy: half configured", { smsUrl: "https://a.example.com" }, {}],
  ["nobody gets its messages", { smsUrl: "" }, { flexFlows: [] }],
  ["no Flex Flow of its own is enabled", {}, flow({ enabled: false })],
  ["to another Proxy service", { smsUrl: proxyWebhook.replace(/1\/Webhooks/, "2/Webhooks") }, {}],
  ["to another Proxy service", {}, { pool: [pooled(2, "+12025550102")] }],
  ["its smsMethod is not POST", { smsMethod: "GET" }, {}],
  ["it has 2 Flex Flows", {}, { flexFlows: [flexFlow(1, e164), flexFlow(2, e164)] }],
  ["is of another chat service", {}, flow({ chatServiceSid: sidOf("IS", 2) })],
  ["has no integration", {}, flow({ integrationType: null })],
  ["has no flowSid", {}, flow({ integration: {} })],
  ["an Address opens conversations for its messages, and its smsUrl answers beside that", {}, opens()],
  [
    "it has an Address and a Flex Flow, which both are enabled",
    { smsUrl: "" },
    { ...opens(), flexFlows: [flexFlow(1, e164)] },
  ],
  [
    "in another service than that of Flex",
    { smsUrl: "" },
    opens({ conversation_service_sid: sidOf("IS", 2) }),
  ],
  ["nobody hears of the conversations that its Address opens", { smsUrl: "" }, opens({ type: "default" })],
  [
    `the default service of conversations is ${sidOf("IS", 2)}, and not that of Flex`,
    { smsUrl: "" },
    opens(
      {},
      { configuration: make("conversations:Configuration", { defaultChatServiceSid: sidOf("IS", 2) }) },
    ),
  ],
  [
    "a handler gets its messages, for which the configuration wants a Proxy service",
    { smsUrl: "https://a.example.com" },
    { ...withoutChat(), conversations: conversations() },
  ],
])("it can't be said that %s", (message, number, parts) => {
  expect(() => handling(number, parts)).toThrow(message);
});

test("the most common value, the first of those that are as frequent", () => {
  expect(mostCommon([{ a: 1 }, { a: 2 }, { a: 2 }, { a: 1 }])).toEqual({ a: 1 });
  expect(mostCommon(["x", "y", "y"])).toBe("y");
  expect(mostCommon([])).toBeUndefined();
});
