import type { PlannedResource, ResourceType } from "../planned.ts";

/** Properties of a planned resource, as a test may spoil them. */
export type Properties = Record<string, unknown>;

/** A planned resource that a test may spoil. */
export interface Spoilable extends Omit<PlannedResource, "properties" | "dependsOn" | "protect" | "local"> {
  properties: Properties;
  dependsOn: Record<string, string[]>;
  protect: boolean;
  local: boolean;
}

/** Planned resources by name. */
export type Centre = Record<string, Spoilable>;

/** A SID: the prefix, and the digit over and over. */
export const sid = (prefix: string, digit: number) => prefix + String(digit).repeat(32);

export const accountSid = sid("AC", 0);
export const handler = "https://handler.acme-support.com";
export const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${sid("KS", 1)}/Webhooks/Message`;

export function planned(type: ResourceType, name: string, properties: Properties): Spoilable {
  return {
    type,
    name,
    urn: `urn:pulumi:prod::acme::${type}::${name}`,
    properties,
    dependsOn: {},
    protect: true,
    local: false,
  };
}

/**
 * A contact centre as a stack of prod plans it: one number that Flex handles, one with a handler of its own, one whose
 * messages open conversations.
 * Every rule passes; each call gives another copy.
 */
export function centre(): Centre {
  const service = { serviceSid: sid("IS", 1) };
  const workspace = { workspaceSid: sid("WS", 1) };
  const resources = [
    planned("twilio:taskrouter:Workspace", "workspace", {
      sid: sid("WS", 1),
      friendlyName: "Flex Task Assignment",
    }),
    planned("twilio:taskrouter:TaskChannel", "sms", { ...workspace, sid: sid("TC", 1), uniqueName: "sms" }),
    planned("twilio:taskrouter:TaskChannel", "partner", {
      ...workspace,
      sid: sid("TC", 2),
      uniqueName: "partner",
    }),
    planned("twilio:taskrouter:TaskQueue", "everyone", {
      ...workspace,
      sid: sid("WQ", 1),
      friendlyName: "Everyone",
    }),
    planned("twilio:taskrouter:TaskQueue", "billing", {
      ...workspace,
      sid: sid("WQ", 2),
      friendlyName: "Billing",
      targetWorkers: 'routing.skills HAS "billing"',
    }),
    planned("twilio:taskrouter:Workflow", "inbound", {
      ...workspace,
      sid: sid("WW", 1),
      friendlyName: "Inbound",
      configuration: {
        task_routing: {
          filters: [
            {
              filter_friendly_name: "Named worker",
              expression: "targetWorker != null",
              targets: [
                { queue: sid("WQ", 1), expression: "task.targetWorker == worker.contact_uri", timeout: 30 },
                { queue: sid("WQ", 1), priority: 10 },
              ],
            },
            {
              filter_friendly_name: "Billing",
              expression: 'skill == "billing"',
              targets: [{ queue: sid("WQ", 2), timeout: 60 }, { queue: sid("WQ", 1) }],
            },
          ],
          default_filter: { queue: sid("WQ", 1) },
        },
      },
    }),
    planned("twilio:taskrouter:Worker", "alice", {
      ...workspace,
      friendlyName: "alice",
      attributes: { contact_uri: "client:alice", routing: { skills: ["billing"] } },
    }),
    planned("twilio:chat:Service", "chat", {
      sid: sid("IS", 1),
      friendlyName: "Flex Chat Service",
      postWebhookUrl: `${handler}/archive`,
    }),
    planned("twilio:chat:Role", "agent", {
      ...service,
      friendlyName: "agent",
      type: "channel",
      permissions: [
        "sendMessage",
        "sendMediaMessage",
        "leaveChannel",
        "editChannelAttributes",
        "editOwnMessage",
        "editOwnMessageAttributes",
        "deleteOwnMessage",
      ],
    }),
    planned("twilio:chat:Role", "auditor", {
      ...service,
      friendlyName: "auditor",
      type: "channel",
      permissions: ["leaveChannel"],
    }),
    planned("twilio:chat:ChannelWebhook", "archive", {
      ...service,
      channelSid: sid("CH", 1),
      type: "webhook",
      configuration: { url: `${handler}/team`, filters: ["onMessageSent"] },
    }),
    planned("twilio:proxy:Service", "proxy", {
      sid: sid("KS", 1),
      uniqueName: "Flex",
      chatInstanceSid: sid("IS", 1),
    }),
    planned("twilio:studio:Flow", "flow", {
      sid: sid("FW", 1),
      friendlyName: "Messaging Flow",
      status: "published",
      definition: {
        initial_state: "Trigger",
        states: [
          {
            name: "Trigger",
            type: "trigger",
            properties: {},
            transitions: [
              { event: "incomingMessage", next: "Lookup" },
              { event: "incomingCall" },
              { event: "incomingConversationMessage", next: "Lookup" },
            ],
          },
          {
            name: "Lookup",
            type: "make-http-request",
            properties: { url: `${handler}/lookup?from={{contact.channel.address}}`, method: "POST" },
            transitions: [],
          },
          {
            name: "Agent",
            type: "send-to-flex",
            properties: { workflow: sid("WW", 1), channel: sid("TC", 1), attributes: "{}" },
            transitions: [],
          },
        ],
      },
    }),
    planned("twilio:api:IncomingPhoneNumber", "main", {
      sid: sid("PN", 1),
      phoneNumber: "+12025550112",
      smsUrl: proxyUrl,
      smsApplicationSid: "",
    }),
    planned("twilio:proxy:PhoneNumber", "main-pool", {
      serviceSid: sid("KS", 1),
      phoneNumber: "+12025550112",
    }),
    planned("twilio:flex:FlexFlow", "main-flow", {
      chatServiceSid: sid("IS", 1),
      channelType: "sms",
      contactIdentity: "+12025550112",
      enabled: true,
      integrationType: "studio",
      integration: { flowSid: sid("FW", 1) },
    }),
    planned("twilio:api:IncomingPhoneNumber", "shop", {
      sid: sid("PN", 2),
      phoneNumber: "+12025550134",
      smsUrl: `${handler}/sms`,
      smsFallbackUrl: `${handler}/sms-fallback`,
      smsApplicationSid: "",
    }),
    planned("twilio:api:IncomingPhoneNumber", "talk", {
      sid: sid("PN", 3),
      phoneNumber: "+12025550156",
      smsUrl: "",
      smsApplicationSid: "",
    }),
    planned("twilio:conversations:Address", "talk-address", {
      sid: sid("IG", 1),
      type: "sms",
      address: "+12025550156",
      autoCreation: {
        enabled: true,
        type: "studio",
        conversationServiceSid: sid("IS", 1),
        studioFlowSid: sid("FW", 1),
      },
    }),
    planned("twilio:conversations:Configuration", "conversations", {
      defaultChatServiceSid: sid("IS", 1),
      defaultClosedTimer: "PT24H",
    }),
    planned("twilio:conversations:ConfigurationWebhooks", "conversation-webhooks", {
      preWebhookUrl: `${handler}/before`,
      postWebhookUrl: `${handler}/after`,
      filters: ["onMessageAdd", "onConversationAdded"],
    }),
    planned("twilio:flex:Configuration", "configuration", { chatServiceInstanceSid: sid("IS", 1) }),
  ];
  return Object.fromEntries(resources.map((resource) => [resource.name, resource]));
}
