import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import type { Step } from "./step.ts";
import {
  makeHttpRequest,
  runFunction,
  runSubflow,
  sendAndWaitForReply,
  sendMessage,
  sendToFlex,
  splitBasedOn,
} from "./steps.ts";

const wired = ({ transitions }: Step) => transitions.map(({ event, next }) => `${event}>${next ?? ""}`);

/** Type, properties and wiring that Studio expects of each step. */
const cases: [step: Step, type: string, properties: object, transitions: string[]][] = [
  [
    sendMessage({ body: "Hi", mediaUrl: "https://example.com/a.png" }, { failed: "Next" }),
    "send-message",
    {
      service: "{{trigger.message.InstanceSid}}",
      channel: "{{trigger.message.ChannelSid}}",
      from: "{{flow.channel.address}}",
      to: "{{contact.channel.address}}",
      body: "Hi",
      media_url: "https://example.com/a.png",
    },
    ["sent>", "failed>Next"],
  ],
  [
    sendAndWaitForReply({ body: "Which?", timeout: 60 }, { incomingMessage: "Next", timeout: "Late" }),
    "send-and-wait-for-reply",
    {
      service: "{{trigger.message.InstanceSid}}",
      channel: "{{trigger.message.ChannelSid}}",
      from: "{{flow.channel.address}}",
      body: "Which?",
      timeout: "60",
    },
    ["incomingMessage>Next", "timeout>Late", "deliveryFailure>"],
  ],
  [
    makeHttpRequest({ url: "https://example.com", parameters: { from: "{{contact.channel.address}}" } }),
    "make-http-request",
    {
      method: "POST",
      url: "https://example.com",
      content_type: "application/x-www-form-urlencoded;charset=utf-8",
      parameters: [{ key: "from", value: "{{contact.channel.address}}" }],
    },
    ["success>", "failed>"],
  ],
  [
    makeHttpRequest({ url: "https://example.com", method: "PUT", body: "{}" }, { success: "Next" }),
    "make-http-request",
    { method: "PUT", url: "https://example.com", content_type: "application/json;charset=utf-8", body: "{}" },
    ["success>Next", "failed>"],
  ],
  [
    runFunction({ url: "https://example-1234.twil.io/hours" }, { success: "Next", fail: "Next" }),
    "run-function",
    { url: "https://example-1234.twil.io/hours" },
    ["success>Next", "fail>Next"],
  ],
  [
    runSubflow({ flowSid: "FW1", parameters: { a: "b" } }, { completed: "Next" }),
    "run-subflow",
    { flow_sid: "FW1", flow_revision: "LatestPublished", parameters: [{ key: "a", value: "b" }] },
    ["completed>Next", "failed>"],
  ],
  [
    splitBasedOn({
      input: "{{flow.variables.vip}}",
      matches: [{ friendlyName: "VIP", type: "is_not_blank", next: "Next" }],
    }),
    "split-based-on",
    { input: "{{flow.variables.vip}}" },
    ["noMatch>", "match>Next"],
  ],
];

test.each(cases)("%#: %j", (step, type, properties, transitions) => {
  expect({ type: step.type, properties: step.properties, transitions: wired(step) }).toEqual({
    type,
    properties,
    transitions,
  });
});

test("send-to-flex carries what Flex needs to open a chat, and more on request", async () => {
  const step = sendToFlex({
    workflowSid: "WW1",
    taskChannelSid: "TC1",
    priority: 5,
    attributes: { skill: pulumi.output("billing") },
  });
  expect(step.type).toBe("send-to-flex");
  expect(wired(step)).toEqual(["callComplete>", "failedToEnqueue>", "callFailure>"]);
  const { attributes, ...properties } = step.properties;
  const text = await new Promise<string>((resolve) => {
    (attributes as pulumi.Output<string>).apply(resolve);
  });
  expect({ ...properties, attributes: JSON.parse(text) as unknown }).toEqual({
    workflow: "WW1",
    channel: "TC1",
    priority: "5",
    attributes: {
      name: "{{trigger.message.ChannelAttributes.from}}",
      channelType: "{{trigger.message.ChannelAttributes.channel_type}}",
      channelSid: "{{trigger.message.ChannelSid}}",
      skill: "billing",
    },
  });
});
