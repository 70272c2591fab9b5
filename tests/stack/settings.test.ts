import { expect, test } from "@jest/globals";
import { useStack, type StackConfig } from "./project.ts";

// Settings that dev does not use: protection, an exported flow, conversations that become tasks at once.

const stack = useStack();

const change = (config: StackConfig, key: string, values: object) =>
  Object.assign(config[`flex-messaging:${key}`] as object, values);

test("an exported flow and direct tasks are provisioned with this account's SIDs", async () => {
  await stack.configure((config) => {
    config["flex-messaging:protect"] = true;
    config["flex-messaging:messagingFlow"] = {
      friendlyName: "Exported",
      definitionFile: "flows/messaging-flow.json",
      substitutions: {
        WW00000000000000000000000000000000: "workflows.inbound",
        TC00000000000000000000000000000000: "taskChannels.sms",
      },
    };
    change(config, "messageHandling", {
      integration: { type: "task", workflow: "inbound", taskChannel: "sms", priority: 5 },
    });
  });
  await stack.up();

  const { client } = stack;
  const outputs = await stack.outputs();
  const workflow = (outputs.workflowSids as Record<string, string>).inbound;
  const channel = (outputs.taskChannelSids as Record<string, string>).sms;
  const flow = await client.studio.v2.flows(outputs.messagingFlowSid as string).fetch();
  const [, ...toFlex] = (flow.definition as { states: { properties: object }[] }).states;
  expect([flow.friendlyName, flow.status, ...toFlex.map(({ properties }) => properties)]).toMatchObject([
    "Exported",
    "published",
    { workflow, channel },
    { workflow, channel },
  ]);
  const flexFlows = await client.flexApi.v1.flexFlow.list();
  const own = flexFlows.filter(({ contactIdentity }) => contactIdentity === "+14155550142");
  expect(own).toMatchObject([
    { integrationType: "task", integration: { workflow_sid: workflow, channel, priority: 5 } },
  ]);
  expect(await stack.preview("--refresh")).toEqual([]);
});

test("protected resources can't be destroyed", async () => {
  const outputs = await stack.outputs();
  await expect(stack.destroy()).rejects.toThrow("protected");
  expect((await stack.client.incomingPhoneNumbers.list()).length).toBe(3);
  const service = await stack.client.chat.v2.services(outputs.chatServiceSid as string).fetch();
  expect(service.friendlyName).toBe("Flex Chat Service");
  expect(await stack.preview("--refresh")).toEqual([]);
});
