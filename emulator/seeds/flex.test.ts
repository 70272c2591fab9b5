import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio();
const only = <T>(items: readonly T[]): T => {
  const [item, ...others] = items;
  expect(others).toEqual([]);
  if (item === undefined) throw new Error("There is none");
  return item;
};
const chatService = async () => only(await local.client.chat.v2.services.list());

test("the chat service has the default roles and Flex's", async () => {
  const service = await chatService();
  expect(service.friendlyName).toBe("Flex Chat Service");
  const roles = await local.client.chat.v2.services(service.sid).roles.list();
  expect(roles.map(({ friendlyName }) => friendlyName)).toEqual([
    "service admin",
    "service user",
    "channel admin",
    "channel user",
    "guest",
    "agent",
    "supervisor",
    "admin",
  ]);
  const role = (name: string) => roles.find(({ friendlyName }) => friendlyName === name);
  expect(service.defaultChannelRoleSid).toBe(role("guest")?.sid);
  expect(role("guest")?.permissions).toEqual(["sendMessage", "sendMediaMessage", "leaveChannel"]);
  const agent = [
    "sendMessage",
    "sendMediaMessage",
    "leaveChannel",
    "editChannelAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "deleteOwnMessage",
  ];
  expect(role("agent")).toMatchObject({ type: "channel", permissions: agent });
  const more = [...agent, "editAnyMessage", "editAnyMessageAttributes", "deleteAnyMessage"];
  expect(role("supervisor")?.permissions).toEqual(more);
  expect(role("admin")?.permissions).toEqual(more);
});

test("the Proxy service serves the chat service and has no numbers yet", async () => {
  const service = only(await local.client.proxy.v1.services.list());
  expect(service).toMatchObject({ uniqueName: "Flex", chatInstanceSid: (await chatService()).sid });
  expect(await local.client.proxy.v1.services(service.sid).phoneNumbers.list()).toEqual([]);
  expect((await local.client.incomingPhoneNumbers.list()).map(({ smsUrl }) => smsUrl)).toEqual(["", "", ""]);
});

test.each([
  ["Messaging Flow", "sms"],
  ["Webchat Flow", "chat"],
])("%s sends messages to agents on task channel %s", async (name, channel) => {
  const listed = (await local.client.studio.v2.flows.list()).find(
    ({ friendlyName }) => friendlyName === name,
  );
  const flow = await local.client.studio.v2.flows(listed?.sid ?? "").fetch();
  expect(flow).toMatchObject({ status: "published", revision: 1, valid: true });
  const workspace = only(await local.client.taskrouter.v1.workspaces.list());
  const inside = local.client.taskrouter.v1.workspaces(workspace.sid);
  const { states } = flow.definition as { states: { properties: Record<string, string> }[] };
  const properties = states[1]?.properties ?? {};
  expect(properties).toMatchObject({
    workflow: only(await inside.workflows.list()).sid,
    channel: (await inside.taskChannels(channel).fetch()).sid,
  });
  expect(JSON.parse(properties["attributes"] ?? "")).toEqual({
    name: "{{trigger.message.ChannelAttributes.from}}",
    channelType: "{{trigger.message.ChannelAttributes.channel_type}}",
    channelSid: "{{trigger.message.ChannelSid}}",
  });
});

test("web chats go to the Webchat Flow", async () => {
  const flow = (await local.client.studio.v2.flows.list()).find(
    ({ friendlyName }) => friendlyName === "Webchat Flow",
  );
  expect(only(await local.client.flexApi.v1.flexFlow.list())).toMatchObject({
    friendlyName: "Flex Web Channel Flow",
    channelType: "web",
    chatServiceSid: (await chatService()).sid,
    contactIdentity: null,
    enabled: true,
    integrationType: "studio",
    integration: { flow_sid: flow?.sid, retry_count: 3 },
  });
});

test("the Flex configuration names what Flex works with", async () => {
  const workspace = only(await local.client.taskrouter.v1.workspaces.list());
  const inside = local.client.taskrouter.v1.workspaces(workspace.sid);
  const queue = only(await inside.taskQueues.list());
  expect(await local.client.flexApi.v1.configuration().fetch()).toMatchObject({
    status: "ok",
    taskrouterWorkspaceSid: workspace.sid,
    taskrouterTargetWorkflowSid: only(await inside.workflows.list()).sid,
    taskrouterTargetTaskqueueSid: queue.sid,
    taskrouterTaskqueues: [{ sid: queue.sid, targettable: true }],
    taskrouterOfflineActivitySid: workspace.defaultActivitySid,
    chatServiceInstanceSid: (await chatService()).sid,
    uiVersion: "~1.34.0",
    pluginServiceEnabled: true,
  });
});
