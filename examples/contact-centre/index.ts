import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import {
  ChatService,
  MessageHandling,
  MessagingFlow,
  ProxyService,
  TaskRouting,
} from "../../components/index.ts";
import { readAgents, workerAttributes } from "./agents.ts";
import { supportFlow } from "./flow.ts";
import { routing as routingArgs } from "./routing.ts";

const config = new pulumi.Config();

const routing = new TaskRouting("centre", routingArgs);

const agents = readAgents().map(
  (agent) =>
    new twilio.taskrouter.Worker(`agent-${agent.key}`, {
      workspaceSid: routing.workspaceSid,
      friendlyName: agent.name,
      attributes: workerAttributes(agent),
      adopt: true,
    }),
);

const chat = new ChatService("centre", {
  postWebhookUrl: "https://archive.example.com/chat",
  webhookFilters: ["onMessageSent"],
});
const proxy = new ProxyService("centre", { chatInstanceSid: chat.sid });

const flow = new MessagingFlow("support", {
  friendlyName: "Support",
  definition: supportFlow({
    inbound: routing.workflow("inbound").sid,
    afterHours: routing.workflow("afterHours").sid,
    sms: routing.taskChannel("sms").sid,
  }),
});

const support = new MessageHandling("support", {
  kind: "flex",
  phoneNumber: config.require("supportNumber"),
  chatServiceSid: chat.sid,
  proxyService: proxy,
  integration: { type: "studio", flowSid: flow.sid },
});
const partners = new MessageHandling("partners", {
  kind: "custom",
  phoneNumber: config.require("partnerNumber"),
  handler: { smsUrl: config.require("partnerHandler") },
});

export const workspaceSid = routing.workspaceSid;
export const queueSids = routing.queueSids;
export const workflowSids = routing.workflowSids;
export const agentSids = pulumi.all(agents.map(({ sid }) => sid));
export const numbers = { support: support.sid, partners: partners.sid };
