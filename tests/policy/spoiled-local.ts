/**
 * A program for the stack dev on a local Twilio: the project's own, and beside it resources that break every rule
 * that such a stack can break. Which resource breaks which rule, pack.test.ts has in a table.
 */
import "./without-closed-timer.ts";
import * as twilio from "@pulumi/twilio";
import * as project from "../../index.ts";

const { workspaceSid, chatServiceSid, messagingFlowSid, queueSids } = project;
const proxyServiceSid = project.proxyServiceSid!;
const everyone = queueSids["everyone"]!;
const outside = (prefix: string) => prefix + "9".repeat(32);
const handler = "https://handler.acme-support.com";

new twilio.chat.Role("spoiled-role", {
  serviceSid: chatServiceSid,
  friendlyName: "agent",
  type: "deployment",
  permissions: ["createChannel"],
});
new twilio.taskrouter.TaskChannel("spoiled-channel", {
  workspaceSid,
  uniqueName: "letters",
  friendlyName: "Letters",
});
// There before, made by the test: so its SID is known, and known to have no agent role.
new twilio.chat.Service("spoiled-chat", {
  friendlyName: "Flex Conversation Service",
  adopt: true,
  defaultServiceRoleSid: outside("RL"),
});
for (const type of ["studio", "webhook"])
  new twilio.chat.ChannelWebhook(`spoiled-${type}`, {
    serviceSid: chatServiceSid,
    channelSid: outside("CH"),
    type,
    configuration:
      type === "studio"
        ? { flowSid: messagingFlowSid }
        : { url: `${handler}/chat`, method: "POST", filters: ["onMessageSent"] },
  });

new twilio.api.IncomingPhoneNumber("spoiled-flex-number", {
  phoneNumber: "+12065550111",
  smsUrl: proxyServiceSid.apply(
    (sid) => `https://webhooks.twilio.com/v1/Accounts/${outside("AC")}/Proxy/${sid}/Webhooks/Message`,
  ),
});
new twilio.api.IncomingPhoneNumber("spoiled-own-number", {
  phoneNumber: "+12065550112",
  smsUrl: "https://user:pa55word@handler.acme-support.com/sms",
  smsApplicationSid: outside("AP"),
});
new twilio.flex.FlexFlow("spoiled-flow", {
  friendlyName: "Spoiled",
  chatServiceSid,
  channelType: "sms",
  contactIdentity: "+12065550112",
  enabled: true,
  integrationType: "task",
  integration: { workspaceSid, workflowSid: outside("WW"), channel: "partners" },
});
const address = (name: string, phoneNumber: string, autoCreation: object) =>
  new twilio.conversations.Address(`spoiled-${name}`, {
    type: "sms",
    address: phoneNumber,
    // Left out it is Twilio's choice, and not known yet.
    autoCreation: { enabled: true, ...autoCreation },
  });
// Nobody knows the SID of the flow yet: what comes from what tells that the Address starts it.
const deaf = new twilio.studio.Flow("spoiled-deaf", {
  friendlyName: "Deaf to conversations",
  status: "published",
  definition: {
    description: "Hands over to Flex",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: { offset: { x: 0, y: 0 } },
        transitions: [{ event: "incomingMessage", next: "Agent" }, { event: "incomingConversationMessage" }],
      },
      {
        name: "Agent",
        type: "send-to-flex",
        properties: {
          offset: { x: 0, y: 200 },
          workflow: project.workflowSids["inbound"]!,
          channel: "sms",
          attributes: "{}",
        },
        transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
      },
    ],
  },
});
new twilio.api.IncomingPhoneNumber("spoiled-talk-number", {
  phoneNumber: "+12065550115",
  smsUrl: `${handler}/sms`,
});
address("address", "+12065550115", {
  type: "studio",
  studioFlowSid: deaf.sid,
  conversationServiceSid: outside("IS"),
});
// Those of a handler have to be nowhere. This one's number stays in a pool, though its own URL is empty.
new twilio.api.IncomingPhoneNumber("spoiled-pooled-number", { phoneNumber: "+12065550116", smsUrl: "" });
new twilio.proxy.PhoneNumber("spoiled-pool", { serviceSid: proxyServiceSid, phoneNumber: "+12065550116" });
address("handled-address", "+12065550116", {
  type: "webhook",
  webhookUrl: `${handler}/conversations`,
  webhookMethod: "post",
  webhookFilters: ["onMessageAdded"],
  conversationServiceSid: outside("IS"),
});
new twilio.conversations.ConfigurationWebhooks("spoiled-hook", {
  preWebhookUrl: `${handler}/before`,
  filters: ["onConversationAdd"],
});

// The SID of the flow that Flex made is known, and this is another.
new twilio.flex.FlexFlow("spoiled-reference", {
  friendlyName: "Spoiled reference",
  chatServiceSid,
  channelType: "sms",
  contactIdentity: "+12065550113",
  enabled: true,
  integrationType: "studio",
  integration: { flowSid: outside("FW") },
});

const workflow = (name: string, filters: object[], more: object = { default_filter: { queue: everyone } }) =>
  new twilio.taskrouter.Workflow(`spoiled-${name}`, {
    workspaceSid,
    friendlyName: name,
    configuration: { task_routing: { filters, ...more } },
  });
workflow("valid", [
  { filter_friendly_name: "a", expression: 'skill == = "x"', targets: [{ queue: everyone }] },
]);
workflow("effective", [
  { filter_friendly_name: "a", expression: "level == 1 AND level == 2", targets: [{ queue: everyone }] },
]);
workflow(
  "default",
  [{ filter_friendly_name: "a", expression: "level == 1", targets: [{ queue: everyone }] }],
  {},
);
const named = { filter_friendly_name: "a", expression: "targetWorker != null" };
const one = { queue: everyone, expression: "task.targetWorker == worker.contact_uri" };
workflow("targeted", [
  {
    ...named,
    targets: [
      { queue: everyone, expression: "targetWorker == worker.contact_uri", timeout: 30 },
      { queue: everyone },
    ],
  },
]);
workflow("attribute", [
  {
    ...named,
    targets: [
      { queue: everyone, expression: "task.targetWorker == worker.sid", timeout: 30 },
      { queue: everyone },
    ],
  },
]);
workflow("way-out", [{ ...named, targets: [one, { queue: everyone }] }]);
workflow("alone", [{ ...named, targets: [one] }]);
workflow("idle", [{ filter_friendly_name: "a", expression: "1==0", targets: [{ queue: everyone }] }]);
const dropping = workflow("dropping", [{ ...named, targets: [{ ...one, timeout: 30 }] }]);
// Nobody knows the SID yet: what comes from what tells that messages come to the workflow.
new twilio.flex.FlexFlow("spoiled-tasks", {
  friendlyName: "Spoiled tasks",
  chatServiceSid,
  channelType: "sms",
  contactIdentity: "+12065550114",
  enabled: true,
  integrationType: "task",
  integration: { workspaceSid, workflowSid: dropping.sid, channel: "sms" },
});
new twilio.taskrouter.TaskQueue("spoiled-queue", {
  workspaceSid,
  friendlyName: "Nobody",
  targetWorkers: "team == 1 AND team == 2",
});
new twilio.taskrouter.Worker("spoiled-worker", {
  workspaceSid,
  friendlyName: "carol",
  attributes: { skills: [] },
});
