import { beforeAll, expect, test } from "@jest/globals";
import { useCentre } from "./centre.ts";

// A conversation that the contact centre begins, as Twilio's guide to outbound messages does it: a Flex channel on a
// Flex Flow with integration task, a Proxy session around it, and a first message.

const setting = useCentre();
const centre = () => setting.centre;
const client = () => setting.local.client;
const number = "+12065550187";
const customer = "+14155550161";

beforeAll(async () => {
  await centre().dismissAll();
  await centre().hire("ann");
  await centre().hire("bob");
});

test("a text goes out, the answer comes back to the agent who is named, and the end cleans up", async () => {
  const { taskrouterWorkspaceSid } = await client().flexApi.v1.configuration().fetch();
  const [workflow] = await (await centre().workspace()).workflows.list();
  const [chat] = await client().chat.v2.services.list();
  const [proxyService] = await client().proxy.v1.services.list();
  const proxy = client().proxy.v1.services(proxyService?.sid ?? "");
  await proxy.phoneNumbers.create({ phoneNumber: number });
  const flow = await client().flexApi.v1.flexFlow.create({
    friendlyName: "Outbound texts",
    chatServiceSid: chat?.sid ?? "",
    channelType: "sms",
    contactIdentity: number,
    enabled: true,
    integrationType: "task",
    "integration.workspaceSid": taskrouterWorkspaceSid,
    "integration.workflowSid": workflow?.sid ?? "",
    "integration.channel": "sms",
  });

  const channel = await client().flexApi.v1.channel.create({
    flexFlowSid: flow.sid,
    identity: `sms_${customer}`,
    chatUserFriendlyName: "Cleo",
    chatFriendlyName: "Outbound chat with Cleo",
    target: customer,
    taskAttributes: JSON.stringify({ to: customer, direction: "outbound", name: "Cleo" }),
  });
  const chatChannel = client()
    .chat.v2.services(chat?.sid ?? "")
    .channels(channel.sid);
  const attributes = async () =>
    JSON.parse((await chatChannel.fetch()).attributes) as Record<string, unknown>;
  expect(await attributes()).toEqual({
    status: "ACTIVE",
    long_lived: false,
    from: customer,
    channel_type: "sms",
    taskSid: channel.taskSid,
  });
  const workspace = await centre().workspace();
  const task = await workspace.tasks(channel.taskSid).fetch();
  expect(task).toMatchObject({ taskChannelUniqueName: "sms", workflowSid: workflow?.sid });
  expect(JSON.parse(task.attributes)).toEqual({
    name: "Cleo",
    channelType: "sms",
    to: customer,
    direction: "outbound",
    channelSid: channel.sid,
  });
  expect(await chatChannel.webhooks.list()).toEqual([]);

  const session = await proxy.sessions.create({
    uniqueName: channel.sid,
    mode: "message-only",
    participants: [
      { Identifier: customer, ProxyIdentifier: number, FriendlyName: "Cleo" },
      { Identifier: channel.sid, ProxyIdentifier: number, FriendlyName: "Cleo" },
    ],
  });
  await chatChannel.update({
    attributes: JSON.stringify({ ...(await attributes()), proxySession: session.sid }),
  });
  const enabled = { xTwilioWebhookEnabled: "true" } as const;
  await chatChannel.messages.create({ ...enabled, from: "centre", body: "Your parcel is here" });
  await chatChannel.messages.create({ from: "centre", body: "Told to nobody" });
  const out = async () =>
    (await client().messages.list({ to: customer })).map(({ from, body }) => [from, body]);
  expect(await out()).toEqual([[number, "Your parcel is here"]]);

  await centre().text(customer, number, "When?");
  const said = async () => (await chatChannel.messages.list()).map(({ from, body }) => [from, body]);
  expect((await said()).at(-1)).toEqual([customer, "When?"]);
  expect(await client().flexApi.v1.channel.list()).toHaveLength(1);

  const agents = [await centre().flex("ann"), await centre().flex("bob")];
  const offers = await Promise.all(agents.map((agent) => agent.reservations("pending")));
  const agent = agents.find((_, index) => offers[index]?.length === 1);
  const reservation = offers.flat()[0];
  if (agent === undefined || reservation === undefined) throw new Error("Nobody was offered the task");
  expect(offers.flat().map(({ taskSid }) => taskSid)).toEqual([channel.taskSid]);
  await agent.accept(reservation);
  await agent.write(channel.sid, "Tomorrow");
  expect(await out()).toEqual([
    [number, "Tomorrow"],
    [number, "Your parcel is here"],
  ]);
  await agent.complete(reservation);
  expect(await attributes()).toMatchObject({ status: "INACTIVE" });
  await expect(proxy.sessions(session.sid).fetch()).rejects.toMatchObject({ status: 404 });
});
