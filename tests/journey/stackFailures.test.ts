import { leavePool } from "../support/leavePool.ts";
import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { useStack } from "../stack/project.ts";
import { useReceiver } from "../support/receiver.ts";
import { Centre, withoutWorkers } from "./centre.ts";

// Each way in which a message does not get through, on the dev stack as Pulumi provisioned it. Every test has a customer
// of its own and leaves alice free.

const stack = useStack();
const receiver = useReceiver();
const number = "+14155550142";
let centre: Centre;
let sids: { chatServiceSid: string; proxyServiceSid: string; messagingFlowSid: string };
let customers = 0;
let customer = "";

beforeAll(async () => {
  await stack.configure(withoutWorkers);
  await stack.up();
  centre = new Centre(stack.client, stack.emulator);
  sids = (await stack.outputs()) as typeof sids;
  await centre.dismissAll();
  await centre.hire("alice", { routing: { skills: ["billing"] } });
});
beforeEach(() => {
  customer = `+1415555${String(4000 + ++customers)}`;
});

const chat = () => stack.client.chat.v2.services(sids.chatServiceSid);
const proxy = () => stack.client.proxy.v1.services(sids.proxyServiceSid);

/** A customer writes and says that it is about an invoice. */
async function ask() {
  const message = await centre.text(customer, number, "Hello");
  await centre.text(customer, number, "1");
  const journey = await centre.journey(message);
  const found = (stage: string, prefix: string) =>
    journey.find((entry) => entry.stage === stage && entry.sid?.startsWith(prefix))?.sid ?? "";
  return {
    message,
    channelSid: found("chat", "CH"),
    sessionSid: found("proxy", "KC"),
    taskSid: found("task", "WT"),
  };
}

async function offers(taskSid: string) {
  const reservations = await (await centre.workspace()).tasks(taskSid).reservations.list();
  return reservations.map(({ workerName, reservationStatus }) => `${workerName} ${reservationStatus}`);
}

async function setActivity(friendlyName: string) {
  const workspace = await centre.workspace();
  const [alice] = await workspace.workers.list({ friendlyName: "alice" });
  const [activity] = await workspace.activities.list({ friendlyName });
  await workspace.workers(alice?.sid ?? "").update({ activitySid: activity?.sid });
}

/** Alice takes what she was offered. */
async function accept() {
  const alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("pending");
  await alice.accept(reservation!);
  return { alice, reservation: reservation! };
}

async function finish() {
  const { alice, reservation } = await accept();
  await alice.complete(reservation);
}

/** What held the message up; nobody listens to the archive that dev tells of messages. */
const problems = async (message: string) =>
  (await centre.journey(message))
    .filter(({ code, stage }) => code !== null && stage !== "webhook")
    .map(({ stage, code, text }) => [stage, code, text.replaceAll(/[A-Z]{2}[0-9a-f]{32}/g, "…")]);

test("no capacity: the task waits until alice is done with the one before", async () => {
  const first = await ask();
  expect(await offers(first.taskSid)).toEqual(["alice pending"]);
  customer = `${customer.slice(0, -4)}9999`;
  const second = await ask();
  expect(await offers(second.taskSid)).toEqual([]);
  await finish();
  expect(await offers(second.taskSid)).toEqual(["alice pending"]);
  await finish();
});

test("offline: nobody gets the task, it moves on to the overflow, and ends with its time to live", async () => {
  await setActivity("Offline");
  const { message, taskSid } = await ask();
  const task = async () => (await centre.workspace()).tasks(taskSid).fetch();
  expect(await task()).toMatchObject({ assignmentStatus: "pending", taskQueueFriendlyName: "Billing" });
  await centre.advance(61);
  expect(await task()).toMatchObject({ assignmentStatus: "pending", taskQueueFriendlyName: "Overflow" });
  await centre.advance(86_400);
  expect(await task()).toMatchObject({ assignmentStatus: "canceled", reason: "Task TTL Exceeded" });
  expect(await offers(taskSid)).toEqual([]);
  expect(await problems(message)).toEqual([["task", 0, "Task canceled: Task TTL Exceeded"]]);
  await setActivity("Available");
});

test("flow error: a request that fails ends the execution, and no task is made", async () => {
  receiver.answer = () => ({ status: 503 });
  const flow = stack.client.studio.v2.flows(sids.messagingFlowSid);
  const { definition } = (await flow.fetch()) as { definition: { states: { name: string }[] } };
  const broken = {
    ...definition,
    states: definition.states.map((state) =>
      state.name !== "Menu"
        ? state
        : {
            name: "Menu",
            type: "make-http-request",
            transitions: [{ event: "success" }, { event: "failed" }],
            properties: {
              offset: { x: 0, y: 0 },
              method: "POST",
              url: `${receiver.url}/menu`,
              content_type: "application/json;charset=utf-8",
            },
          },
    ),
  };
  await flow.update({ status: "published", definition: broken });
  const message = await centre.text(customer, number, "Hello");
  expect(await problems(message)).toEqual([
    ["studio", 81016, `Studio execution ended at Menu: ${receiver.url}/menu failed: it answered 503`],
  ]);
  const [execution] = await flow.executions.list({ limit: 1 });
  expect(execution).toMatchObject({ status: "ended" });
  expect((await centre.journey(message)).filter(({ stage }) => stage === "task")).toEqual([]);
  await flow.update({ status: "published", definition });
});

test("session closed: what alice writes reaches no phone, and is told", async () => {
  const { message, channelSid, sessionSid } = await ask();
  const { alice, reservation } = await accept();
  const sent = () => stack.client.messages.list({ from: number, to: customer });
  const before = (await sent()).length;
  await proxy().sessions(sessionSid).update({ status: "closed" });
  await alice.write(channelSid, "Hello?");
  expect(await sent()).toHaveLength(before);
  expect(await problems(message)).toEqual([
    ["outbound", 80607, "alice wrote, and nobody got it: Proxy session … is closed or gone"],
  ]);
  await alice.complete(reservation);
});

test("number not in the pool: Proxy takes the message and has nowhere to put it", async () => {
  const [owned] = await stack.client.incomingPhoneNumbers.list({ phoneNumber: number });
  const { sid = "", smsUrl = "" } = owned ?? {};
  await leavePool(proxy(), sid);
  await stack.client.incomingPhoneNumbers(sid).update({ smsUrl });
  const message = await centre.text(customer, number, "Hello");
  expect(await problems(message)).toEqual([
    ["proxy", 80620, `${number} is not in the number pool of Proxy service …`],
  ]);
  expect((await centre.journey(message)).filter(({ stage }) => stage === "chat")).toEqual([]);
  await proxy().phoneNumbers.create({ sid });
});

test("role without sendMessage: alice is refused with Twilio's error", async () => {
  const { channelSid } = await ask();
  const { alice, reservation } = await accept();
  const role = (await chat().roles.list()).find(({ friendlyName }) => friendlyName === "agent");
  const permission = role?.permissions ?? [];
  expect(permission).toContain("sendMessage");
  const update = (permissions: string[]) =>
    chat()
      .roles(role?.sid ?? "")
      .update({ permission: permissions });
  await update(permission.filter((each) => each !== "sendMessage"));
  await expect(alice.write(channelSid, "Hello")).rejects.toMatchObject({
    status: 403,
    code: 50107,
    message: "User unauthorized for command",
  });
  await update(permission);
  await alice.write(channelSid, "Hello");
  await alice.complete(reservation);
});
