import { beforeAll, expect, test } from "@jest/globals";
import { useStack } from "../stack/project.ts";
import { Centre, withoutWorkers } from "./centre.ts";

// Tasks for one agent, and tasks on a task channel of one's own, on the dev stack.

const stack = useStack();
let centre: Centre;
let flexFlows: { outbound: string; partners: string };

beforeAll(async () => {
  await stack.configure(withoutWorkers);
  await stack.up();
  const { client } = stack;
  centre = new Centre(client, stack.emulator);
  await centre.dismissAll();
  await centre.hire("alice", { routing: { skills: ["partners"] } });
  await centre.hire("bob", { routing: { skills: ["partners"] } });
  const outputs = (await stack.outputs()) as {
    chatServiceSid: string;
    workspaceSid: string;
    workflowSids: Record<string, string>;
  };
  const flexFlow = async (friendlyName: string, workflow: string, taskChannel: string) =>
    (
      await client.flexApi.v1.flexFlow.create({
        friendlyName,
        chatServiceSid: outputs.chatServiceSid,
        channelType: "custom",
        contactIdentity: friendlyName,
        enabled: true,
        integrationType: "task",
        "integration.workspaceSid": outputs.workspaceSid,
        "integration.workflowSid": outputs.workflowSids[workflow] ?? "",
        "integration.channel": taskChannel,
      })
    ).sid;
  flexFlows = {
    outbound: await flexFlow("outbound", "outbound", "sms"),
    partners: await flexFlow("partners", "partners", "custom1"),
  };
});

let customers = 0;
async function open(flexFlowSid: string, taskAttributes: object) {
  const identity = `customer ${++customers}`;
  const channel = await stack.client.flexApi.v1.channel.create({
    flexFlowSid,
    identity,
    chatUserFriendlyName: identity,
    chatFriendlyName: `With ${identity}`,
    target: "+14155550170",
    taskAttributes: JSON.stringify(taskAttributes),
  });
  return { channelSid: channel.sid, taskSid: channel.taskSid };
}

const offers = async (taskSid: string) =>
  (await (await centre.workspace()).tasks(taskSid).reservations.list()).map(
    ({ workerName, reservationStatus }) => `${workerName} ${reservationStatus}`,
  );

async function setActivity(name: string, activity: string) {
  const workspace = await centre.workspace();
  const [worker] = await workspace.workers.list({ friendlyName: name });
  const [found] = await workspace.activities.list({ friendlyName: activity });
  await workspace.workers(worker?.sid ?? "").update({ activitySid: found?.sid });
}

test("a targeted task goes to the worker it names and to nobody else, also when others are idle", async () => {
  const { taskSid } = await open(flexFlows.outbound, { targetWorker: "client:bob" });
  expect(await offers(taskSid)).toEqual(["bob pending"]);
  const bob = await centre.flex("bob");
  const [reservation] = await bob.reservations("pending");
  await bob.accept(reservation!);
  await bob.complete({ ...reservation!, status: "accepted" });
});

test("a targeted task waits for a worker who is busy, and leaves for the overflow when its time is over", async () => {
  const first = await open(flexFlows.outbound, { targetWorker: "client:bob" });
  const second = await open(flexFlows.outbound, { targetWorker: "client:bob" });
  expect(await offers(first.taskSid)).toEqual(["bob pending"]);
  expect(await offers(second.taskSid)).toEqual([]);
  await centre.advance(31);
  expect(await offers(second.taskSid)).toEqual(["alice pending"]);
  const workspace = await centre.workspace();
  expect(await workspace.tasks(second.taskSid).fetch()).toMatchObject({ taskQueueFriendlyName: "Overflow" });
  for (const { taskSid } of [first, second]) await workspace.tasks(taskSid).remove();
});

test("a targeted task for a worker who is offline goes to nobody, idle as they are, until its time is over", async () => {
  await setActivity("bob", "Offline");
  const { taskSid } = await open(flexFlows.outbound, { targetWorker: "client:bob" });
  await centre.advance(29);
  expect(await offers(taskSid)).toEqual([]);
  await centre.advance(1);
  expect(await offers(taskSid)).toEqual(["alice pending"]);
  const task = (await centre.workspace()).tasks(taskSid);
  expect(await task.fetch()).toMatchObject({ taskQueueFriendlyName: "Overflow", priority: 0 });
  await task.remove();
  await setActivity("bob", "Available");
});

test("while nobody at all is there, a targeted task waits in the overflow for whoever comes", async () => {
  await setActivity("alice", "Offline");
  await setActivity("bob", "Offline");
  const { taskSid } = await open(flexFlows.outbound, { targetWorker: "client:bob" });
  expect(await offers(taskSid)).toEqual([]);
  await centre.advance(3600);
  expect(await offers(taskSid)).toEqual([]);
  await setActivity("alice", "Available");
  expect(await offers(taskSid)).toEqual(["alice pending"]);
  await (await centre.workspace()).tasks(taskSid).remove();
  await setActivity("bob", "Available");
});

test("a task channel of one's own: task, agent in the chat channel, completion", async () => {
  const { channelSid, taskSid } = await open(flexFlows.partners, {});
  const workspace = await centre.workspace();
  const task = await workspace.tasks(taskSid).fetch();
  expect(task).toMatchObject({
    taskChannelUniqueName: "custom1",
    taskQueueFriendlyName: "Partner messaging",
  });
  expect(JSON.parse(task.attributes)).toEqual({ name: "+14155550170", channelType: "custom", channelSid });
  const [offer = ""] = await offers(taskSid);
  const agent = await centre.flex(offer.split(" ")[0] ?? "");
  const [reservation] = await agent.reservations("pending");
  await agent.accept(reservation!);
  const { chatServiceSid } = await stack.outputs();
  const channel = stack.client.chat.v2.services(String(chatServiceSid)).channels(channelSid);
  expect((await channel.members.list()).map(({ identity }) => identity)).toContain(agent.agent.identity);
  await agent.complete(reservation!);
  expect((await channel.members.list()).map(({ identity }) => identity)).not.toContain(agent.agent.identity);
  expect(JSON.parse((await channel.fetch()).attributes)).toMatchObject({ status: "INACTIVE" });
});
