import type { Response } from "../../provider/access.ts";
import { agentRole } from "../meaning/role-meaning.ts";
import { withSharedNames, type FoundAccount, type FoundConversations } from "./found-account.ts";
import { definitionOf, found, type Found } from "./found.ts";

/** A SID of a prefix and a number. */
export const sidOf = (prefix: string, number: number): string => prefix + String(number).padStart(32, "0");

export const accountSid = sidOf("AC", 1);
export const workspaceSid = sidOf("WS", 1);
export const chatSid = sidOf("IS", 1);
export const proxySid = sidOf("KS", 1);
export const proxyWebhook = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${proxySid}/Webhooks/Message`;

/** A resource as Twilio would answer it. */
export function make(token: string, response: Response, parents: Record<string, string> = {}): Found {
  return found({ accountSid, parents }, definitionOf(`twilio:${token}`), response);
}

export const queue = (number: number, friendlyName: string, more: Response = {}): Found =>
  make(
    "taskrouter:TaskQueue",
    { sid: sidOf("WQ", number), friendlyName, targetWorkers: "1==1", maxReservedWorkers: 1, ...more },
    { workspaceSid },
  );

export const workflow = (number: number, friendlyName: string, rules: object): Found =>
  make(
    "taskrouter:Workflow",
    {
      sid: sidOf("WW", number),
      friendlyName,
      configuration: JSON.stringify({ task_routing: rules }),
      taskReservationTimeout: 120,
    },
    { workspaceSid },
  );

export const activity = (number: number, friendlyName: string): Found =>
  make(
    "taskrouter:Activity",
    { sid: sidOf("WA", number), friendlyName, available: friendlyName === "Available" },
    { workspaceSid },
  );

export const role = (number: number, friendlyName: string, permissions: string[], type = "channel"): Found =>
  make("chat:Role", { sid: sidOf("RL", number), friendlyName, type, permissions }, { serviceSid: chatSid });

export const phoneNumber = (number: number, e164: string, more: Response = {}): Found =>
  make("api:IncomingPhoneNumber", {
    sid: sidOf("PN", number),
    phoneNumber: e164,
    friendlyName: e164,
    smsUrl: proxyWebhook,
    smsMethod: "POST",
    smsApplicationSid: "",
    ...more,
  });

export const pooled = (number: number, e164: string): Found =>
  make("proxy:PhoneNumber", { sid: sidOf("PN", number), phoneNumber: e164 }, { serviceSid: proxySid });

export const flexFlow = (number: number, contactIdentity: string, more: Response = {}): Found =>
  make("flex:FlexFlow", {
    sid: sidOf("FO", number),
    friendlyName: `Messages to ${contactIdentity}`,
    chatServiceSid: chatSid,
    channelType: "sms",
    contactIdentity,
    enabled: true,
    integrationType: "studio",
    integration: { flow_sid: sidOf("FW", 1) },
    ...more,
  });

export const studioFlow = (number: number, friendlyName: string, more: Response = {}): Found =>
  make("studio:Flow", {
    sid: sidOf("FW", number),
    friendlyName,
    status: "published",
    definition: {
      description: "",
      states: [{ name: "Trigger", type: "trigger", transitions: [], properties: {} }],
      initial_state: "Trigger",
      flags: {},
    },
    ...more,
  });

export const address = (number: number, e164: string, opening: Response = {}, more: Response = {}): Found =>
  make("conversations:Address", {
    sid: sidOf("IG", number),
    type: "sms",
    address: e164,
    friendlyName: `Messages to ${e164}`,
    autoCreation: {
      enabled: true,
      type: "studio",
      conversation_service_sid: chatSid,
      studio_flow_sid: sidOf("FW", 1),
      ...opening,
    },
    ...more,
  });

/** What an account has of Flex Conversations, with other parts where `parts` has them. */
export const conversations = (parts: Partial<FoundConversations> = {}): FoundConversations => {
  const inService = { serviceSid: chatSid };
  return {
    addresses: [],
    configuration: make("conversations:Configuration", { defaultChatServiceSid: chatSid }),
    accountWebhooks: make("conversations:ConfigurationWebhooks", { method: "POST", target: "webhook" }),
    webhooks: make("conversations:ServiceWebhooks", { method: "POST", filters: [] }, inService),
    service: make("conversations:ServiceConfiguration", { reachabilityEnabled: false }, inService),
    notifications: make("conversations:ServiceNotifications", { logEnabled: false }, inService),
    ...parts,
  };
};

/** Parts of an account that does without Chat and Proxy. */
export const withoutChat = (): Partial<FoundAccount> => ({
  chat: make("conversations:Service", { sid: chatSid, friendlyName: "Flex Chat Service" }),
  roles: [
    make(
      "conversations:Role",
      {
        sid: sidOf("RL", 1),
        friendlyName: "agent",
        type: "conversation",
        permissions: [...agentRole.conversationPermissions],
      },
      { serviceSid: chatSid },
    ),
  ],
  proxy: undefined,
  pool: [],
  flexFlows: [],
  flows: [hearingFlow(1, "Messaging Flow")],
  numbers: [phoneNumber(1, "+12025550101", { smsUrl: "" })],
  conversations: conversations({ addresses: [address(1, "+12025550101")] }),
});

/** A flow that hears of conversations. */
export const hearingFlow = (number: number, friendlyName: string): Found =>
  studioFlow(number, friendlyName, {
    definition: {
      description: "",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [
            { event: "incomingMessage", next: "Hello" },
            { event: "incomingConversationMessage", next: "Hello" },
          ],
          properties: {},
        },
        {
          name: "Hello",
          type: "send-message",
          transitions: [{ event: "sent" }, { event: "failed" }],
          properties: {
            from: "{{flow.channel.address}}",
            to: "{{contact.channel.address}}",
            body: "Hello",
          },
        },
      ],
      initial_state: "Trigger",
      flags: {},
    },
  });

/** A small account that the components can declare, with other parts where `parts` has them. */
export function account(parts: Partial<FoundAccount> = {}): FoundAccount {
  const workspace = { sid: workspaceSid, friendlyName: "Flex Task Assignment", multiTaskEnabled: true };
  const settings = { defaultActivitySid: sidOf("WA", 1), timeoutActivitySid: sidOf("WA", 1) };
  const whole = {
    accountSid,
    configuration: make("flex:Configuration", {
      taskrouterWorkspaceSid: workspaceSid,
      taskrouterTargetWorkflowSid: sidOf("WW", 1),
      taskrouterTargetTaskqueueSid: sidOf("WQ", 1),
      taskrouterOfflineActivitySid: sidOf("WA", 1),
      chatServiceInstanceSid: chatSid,
    }),
    workspace: make("taskrouter:Workspace", workspace),
    settings: make("taskrouter:WorkspaceSettings", settings, { workspaceSid }),
    activities: [activity(1, "Offline"), activity(2, "Available")],
    taskChannels: [
      make(
        "taskrouter:TaskChannel",
        { sid: sidOf("TC", 1), friendlyName: "SMS", uniqueName: "sms" },
        { workspaceSid },
      ),
    ],
    queues: [queue(1, "Everyone")],
    workflows: [workflow(1, "Anyone", { filters: [], default_filter: { queue: sidOf("WQ", 1) } })],
    chat: make("chat:Service", { sid: chatSid, friendlyName: "Flex Chat Service" }),
    roles: [role(1, "agent", [...agentRole.permissions])],
    proxy: make("proxy:Service", { sid: proxySid, uniqueName: "Flex", chatInstanceSid: chatSid }),
    pool: [pooled(1, "+12025550101")],
    flexFlows: [flexFlow(1, "+12025550101")],
    conversations: conversations(),
    flows: [studioFlow(1, "Messaging Flow")],
    numbers: [phoneNumber(1, "+12025550101")],
    outside: [],
    ...parts,
  };
  const { activities, queues, workflows, roles, flexFlows, flows } = whole;
  const shared = [activities, queues, workflows, roles, flexFlows, flows].flatMap(withSharedNames);
  return { shared: new Set(shared), ...whole };
}
