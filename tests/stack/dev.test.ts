import { expect, test } from "@jest/globals";
import { useStack, type StackConfig } from "./project.ts";

// The project itself, provisioned on a local Twilio that is a new Flex account. The tests build on one another.

const stack = useStack();

interface Routing {
  queues: Record<string, { friendlyName: string }>;
}
const routing = (config: StackConfig) => config["flex-messaging:routing"] as Routing;

const sidOf = async (output: string, key: string) => {
  const sids = (await stack.outputs())[output] as Record<string, string>;
  return sids[key] ?? "";
};

test("up provisions everything, and makes nothing of Flex's twice", async () => {
  const steps = await stack.alone.up();
  expect(steps.filter(({ op }) => op !== "create")).toEqual([]);

  const { client } = stack;
  const outputs = await stack.outputs();
  const workspaces = await client.taskrouter.v1.workspaces.list();
  expect(workspaces.map(({ sid }) => sid)).toEqual([outputs.workspaceSid]);
  const workspace = client.taskrouter.v1.workspaces(outputs.workspaceSid as string);
  const activities = (await workspace.activities.list()).map(({ friendlyName }) => friendlyName);
  expect(activities.sort()).toEqual(["Available", "Break", "Offline", "Training", "Unavailable"]);
  const channels = (await workspace.taskChannels.list()).map(({ uniqueName }) => uniqueName);
  expect(channels.sort()).toEqual(["chat", "custom1", "default", "sms", "video", "voice"]);
  const queues = (await workspace.taskQueues.list()).map(({ friendlyName }) => friendlyName);
  expect(queues.sort()).toEqual([
    "Billing",
    "Everyone",
    "Overflow",
    "Partner messaging",
    "Returns",
    "Sales",
    "Senior agents",
    "Support",
  ]);
  const chat = (await client.chat.v2.services.list()).filter(
    ({ friendlyName }) => friendlyName === "Flex Chat Service",
  );
  expect(chat.map(({ sid }) => sid)).toEqual([outputs.chatServiceSid]);
  const roles = await client.chat.v2.services(outputs.chatServiceSid as string).roles.list();
  const agent = roles.filter(({ friendlyName }) => friendlyName === "agent");
  expect(agent).toHaveLength(1);
  expect([...(agent[0]?.permissions ?? [])].sort()).toEqual([
    "deleteOwnMessage",
    "editChannelAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "leaveChannel",
    "sendMediaMessage",
    "sendMessage",
  ]);
  expect((await client.proxy.v1.services.list()).map(({ sid }) => sid)).toEqual([outputs.proxyServiceSid]);
  const flows = (await client.studio.v2.flows.list()).filter(
    ({ friendlyName }) => friendlyName === "Messaging Flow",
  );
  expect(flows.map(({ sid }) => sid)).toEqual([outputs.messagingFlowSid]);
  expect(await client.incomingPhoneNumbers.list()).toHaveLength(3);
  const { attributes } = await client.flexApi.v1.configuration().fetch();
  expect(attributes).toMatchObject({
    flexMessaging: { autoAccept: { taskChannels: ["custom1"] }, taskChannels: [{ name: "custom1" }] },
  });
});

test("a message would find its way: number, pool, Flex Flow, Studio flow, workflow", async () => {
  const { client } = stack;
  const outputs = await stack.outputs();
  const proxySid = outputs.proxyServiceSid as string;
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: "+14155550142" });
  expect(number?.smsUrl).toBe(
    `https://webhooks.twilio.com/v1/Accounts/${client.accountSid}/Proxy/${proxySid}/Webhooks/Message`,
  );
  const pool = await client.proxy.v1.services(proxySid).phoneNumbers.list();
  expect(pool.map(({ phoneNumber }) => phoneNumber).sort()).toEqual(["+12065550187", "+14155550142"]);
  const flexFlows = await client.flexApi.v1.flexFlow.list();
  const [flexFlow] = flexFlows.filter(({ contactIdentity }) => contactIdentity === "+14155550142");
  expect(flexFlow).toMatchObject({
    enabled: true,
    channelType: "sms",
    integrationType: "studio",
    chatServiceSid: outputs.chatServiceSid,
    integration: { flow_sid: outputs.messagingFlowSid },
  });
  const { definition, valid } = await client.studio.v2.flows(outputs.messagingFlowSid as string).fetch();
  expect(valid).toBe(true);
  expect(JSON.stringify(definition)).toContain(await sidOf("workflowSids", "inbound"));
});

test("right after, a preview that looks at Twilio finds no change", async () => {
  expect(await stack.alone.preview("--refresh", "--expect-no-changes")).toEqual([]);
});

test("one changed queue name is one update of one property", async () => {
  await stack.configure((config) => (routing(config).queues.billing!.friendlyName = "Invoices"));
  const update = [{ op: "update", name: "flex-routing-queue-billing", changed: ["friendlyName"] }];
  expect(await stack.preview()).toEqual(update);
  expect(await stack.up()).toEqual(update);
});

test("reformatted JSON and reordered permissions are no change", async () => {
  const { client } = stack;
  const outputs = await stack.outputs();
  const workflows = client.taskrouter.v1.workspaces(outputs.workspaceSid as string).workflows;
  const sid = await sidOf("workflowSids", "inbound");
  const { configuration } = await workflows(sid).fetch();
  const { filters, default_filter } = (
    JSON.parse(configuration) as { task_routing: { filters: unknown; default_filter: unknown } }
  ).task_routing;
  await workflows(sid).update({
    configuration: JSON.stringify({ task_routing: { default_filter, filters } }, null, 4),
  });
  const role = client.chat.v2
    .services(outputs.chatServiceSid as string)
    .roles(await sidOf("chatRoleSids", "agent"));
  const { permissions } = await role.fetch();
  await role.update({ permission: [...permissions].reverse() });
  expect(await stack.preview("--refresh")).toEqual([]);
});

test("what was deleted or changed behind Pulumi's back comes back with up --refresh", async () => {
  const { client } = stack;
  const outputs = await stack.outputs();
  const workspace = client.taskrouter.v1.workspaces(outputs.workspaceSid as string);
  const partners = await sidOf("workflowSids", "partners");
  await workspace.workflows(partners).remove();
  const role = client.chat.v2
    .services(outputs.chatServiceSid as string)
    .roles(await sidOf("chatRoleSids", "agent"));
  await role.update({ permission: ["sendMessage"] });

  const steps = await stack.up("--refresh");
  expect(steps.map(({ op, name }) => `${op} ${name}`).sort()).toEqual([
    "create flex-routing-workflow-partners",
    "update flex-chat-role-agent",
  ]);
  expect((await role.fetch()).permissions).toHaveLength(7);
  expect(await sidOf("workflowSids", "partners")).not.toBe(partners);
});

test("a wrong configuration is one message, and Twilio is not asked", async () => {
  stack.exchanges.length = 0;
  await stack.configure((config) => {
    (config["flex-messaging:messagingFlow"] as { workflow: string }).workflow = "inbond";
  });
  await expect(stack.preview()).rejects.toThrow(
    "error: 1 problem in the configuration of stack dev (Pulumi.dev.yaml):\n" +
      '  - flex-messaging:messagingFlow.workflow is "inbond", which is no workflow; did you mean inbound? ' +
      "(known: inbound, outbound, overflow, partners).",
  );
  expect(stack.exchanges).toEqual([]);
  await stack.configure((config) => {
    (config["flex-messaging:messagingFlow"] as { workflow: string }).workflow = "inbound";
  });
});

test("a number the account does not own is refused, not bought", async () => {
  const numbers = (config: StackConfig) =>
    (config["flex-messaging:messageHandling"] as { numbers: Record<string, { phoneNumber: string }> })
      .numbers;
  await stack.configure((config) => (numbers(config).extra = { phoneNumber: "+14155550199" }));
  await expect(stack.preview()).rejects.toThrow(
    "error: flex-number-extra can't get messages of +14155550199: there is no IncomingPhoneNumber with " +
      'phoneNumber "+14155550199" in this account.\nFix: check the name, or create it, or set buy: true where it is to be bought.',
  );
  await stack.configure((config) => {
    delete numbers(config).extra;
  });
  expect(await stack.client.incomingPhoneNumbers.list()).toHaveLength(3);
});

test("a number that is for sale is bought where the configuration says so, and released with it", async () => {
  const numbers = (config: StackConfig) =>
    (
      config["flex-messaging:messageHandling"] as {
        numbers: Record<string, { phoneNumber: string; buy?: boolean }>;
      }
    ).numbers;
  const forSale = async () => {
    const [first] = await stack.client.availablePhoneNumbers("US").local.list({ areaCode: 312, limit: 1 });
    return first?.phoneNumber ?? "";
  };
  const phoneNumber = await forSale();
  expect(phoneNumber).toBe("+13125550100");
  await stack.configure((config) => (numbers(config).extra = { phoneNumber, buy: true }));
  await stack.up();
  const [bought] = await stack.client.incomingPhoneNumbers.list({ phoneNumber });
  expect(bought?.smsUrl).toMatch(
    /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC\w+\/Proxy\/KS\w+\/Webhooks\/Message$/,
  );
  expect(await forSale()).toBe("+13125550101");
  await stack.configure((config) => {
    delete numbers(config).extra;
  });
  await stack.up();
  expect(await stack.client.incomingPhoneNumbers.list({ phoneNumber })).toEqual([]);
  expect(await forSale()).toBe(phoneNumber);
});

test("destroy removes what the stack made and leaves what Flex made", async () => {
  await stack.alone.destroy();
  const { client } = stack;
  const [workspace] = await client.taskrouter.v1.workspaces.list();
  const names = (list: { friendlyName: string }[]) => list.map(({ friendlyName }) => friendlyName).sort();
  expect(workspace?.friendlyName).toBe("Flex Task Assignment");
  const inside = client.taskrouter.v1.workspaces(workspace?.sid ?? "");
  expect(names(await inside.taskQueues.list())).toEqual(["Everyone"]);
  expect(names(await inside.workflows.list())).toEqual(["Assign to Anyone"]);
  expect(names(await inside.activities.list())).toEqual(["Available", "Break", "Offline", "Unavailable"]);
  expect(await client.incomingPhoneNumbers.list()).toHaveLength(3);
  expect(names(await client.chat.v2.services.list())).toContain("Flex Chat Service");
});
