import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { defaults } from "../../emulator/index.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { useReceiver } from "../support/receiver.ts";
import { Centre, handleByFlex, number } from "./centre.ts";
import { FlexUi2, type Reached } from "./flexUi2.ts";

// The local Twilio is killed (SIGKILL) after each step of a journey, and the journey goes on with the next one.

const script = new URL("../support/serveLocalTwilio.ts", import.meta.url).pathname;
const { accountSid, authToken } = defaults;
const receiver = useReceiver();
let folder = "";
let child: ChildProcess;
let centre: Centre;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "journey-"));
  await start();
});
afterAll(async () => {
  child.kill("SIGKILL");
  await once(child, "exit");
  rmSync(folder, { recursive: true });
});

/** The one that runs now. */
const local: Reached = {
  get client() {
    return centre.client;
  },
  async send(_method, url, { body }) {
    return {
      status: 200,
      body: await centre.http.send({ method: "POST", url, json: JSON.parse(body) as object }),
    };
  },
};

async function start(): Promise<void> {
  child = spawn(process.execPath, [script, join(folder, "killed.db"), "0", "flex"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
  const account = { url, accountSid, authToken };
  centre = new Centre(localTwilio(account), account);
}

async function killAndRestart(): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
  await start();
}

test("a journey outlives a kill after each of its steps", async () => {
  const customer = "+14155550170";
  await handleByFlex(centre.client);
  await centre.hire("alice");
  await killAndRestart();
  const message = await centre.text(customer, number, "Hello");
  await killAndRestart();
  let alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("pending");
  const channelSid = (await alice.channelOf(reservation!.taskSid)) ?? "";
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.accept(reservation!);
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.write(channelSid, "How can I help?");
  await killAndRestart();
  await centre.text(customer, number, "Never mind");
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.wrapUp(reservation!);
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.complete(reservation!);
  await killAndRestart();

  const stages = (await centre.journey(message)).map(({ text }) => text.replaceAll(/[A-Z]{2}\w{32}/g, "…"));
  expect(stages).toEqual([
    `Message received on ${number}`,
    "Chat channel opened by Flex Flow …",
    "Proxy session opened",
    "Message passed into session …",
    "Interaction recorded",
    "Message put into chat channel …",
    "Studio execution started",
    "Task created by Studio",
    "Offered to alice",
    "alice: accepted",
    "alice joined the chat channel",
    `Message of alice sent to ${customer}`,
    "Chat channel set to INACTIVE",
    "Proxy session closed",
    "alice: wrapping",
    "alice left the chat channel",
    "Proxy session deleted",
    "alice: completed",
    "Task completed",
  ]);
  await centre.advance(601);
  await killAndRestart();
  expect(await (await centre.workspace()).tasks.list()).toEqual([]);
}, 60_000);

test("a flow that waits for an answer goes on after a kill, or with what it does when none comes", async () => {
  const flows = await centre.client.studio.v2.flows.list();
  const sid = flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")?.sid ?? "";
  const flow = () => centre.client.studio.v2.flows(sid);
  const usual = (await flow().fetch()).definition as { states: { name: string; transitions: object[] }[] };
  const next = "SendMessageToAgent";
  const asking = {
    name: "Ask",
    type: "send-and-wait-for-reply",
    transitions: [
      { event: "incomingMessage", next },
      { event: "timeout", next },
      { event: "deliveryFailure" },
    ],
    properties: {
      offset: { x: 0, y: 0 },
      service: "{{trigger.message.InstanceSid}}",
      channel: "{{trigger.message.ChannelSid}}",
      from: "{{flow.channel.address}}",
      body: "What is it about?",
      timeout: "60",
    },
  };
  const states = usual.states.map((state) =>
    state.name === "Trigger" ? { ...state, transitions: [{ event: "incomingMessage", next: "Ask" }] } : state,
  );
  await flow().update({ status: "published", definition: { ...usual, states: [...states, asking] } });

  const [answering, silent] = ["+14155550176", "+14155550177"];
  const messages = [
    await centre.text(answering, number, "Hello"),
    await centre.text(silent, number, "Hello"),
  ];
  await killAndRestart();
  await centre.text(answering, number, "Parcels");
  await killAndRestart();
  const tasks = async () => {
    const journeys = await Promise.all(messages.map((message) => centre.journey(message)));
    return journeys.map((entries) => entries.filter(({ text }) => text === "Task created by Studio").length);
  };
  expect(await tasks()).toEqual([1, 0]);
  await centre.advance(60);
  await killAndRestart();
  expect(await tasks()).toEqual([1, 1]);

  await flow().update({ status: "published", definition: usual });
  const workspace = await centre.workspace();
  for (const task of await workspace.tasks.list()) await workspace.tasks(task.sid).remove();
  const [proxy] = await centre.client.proxy.v1.services.list();
  const { sessions } = centre.client.proxy.v1.services(proxy?.sid ?? "");
  for (const session of await sessions.list()) await sessions(session.sid).remove();
}, 60_000);

test("an interaction outlives a kill after each of its steps, set-up included", async () => {
  await centre.dismissAll();
  const ours = "+12065550187";
  await centre.client.conversations.v1.addressConfigurations.create({ type: "sms", address: ours });
  const carol = new FlexUi2(local, await centre.hire("carol"), "carol");
  await killAndRestart();
  await centre.text("+14155550178", ours, "Hello");
  const [found] = await centre.client.conversations.v1.participantConversations.list({
    address: "+14155550178",
  });
  const conversationSid = found?.conversationSid ?? "";
  await killAndRestart();
  const { taskrouterWorkspaceSid, taskrouterTargetWorkflowSid } = await centre.client.flexApi.v1
    .configuration()
    .fetch();
  await centre.client.flexApi.v1.interaction.create({
    channel: {
      type: "sms",
      initiated_by: "customer",
      properties: { media_channel_sid: conversationSid },
    },
    routing: {
      properties: {
        workspace_sid: taskrouterWorkspaceSid,
        workflow_sid: taskrouterTargetWorkflowSid,
        task_channel_unique_name: "chat",
      },
    },
  });
  await killAndRestart();
  await centre.advance(1);
  await killAndRestart();
  const offer = await carol.accept();
  await killAndRestart();
  await carol.write(offer, "Good day");
  await killAndRestart();
  await carol.wrapUp(offer);
  await killAndRestart();
  await carol.complete(offer);
  await killAndRestart();
  const stages = (await centre.journey(conversationSid)).map(({ text }) => text);
  expect(stages.slice(1)).toEqual([
    "Interaction opened",
    "Offered to carol",
    "Interaction channel is active",
    "carol: accepted",
    "carol joined the conversation",
    "Message of carol sent to +14155550178",
    "carol: wrapping",
    "Interaction channel is closed",
    "Task completed",
    "carol: completed",
    "carol left the conversation",
  ]);
  for (const { sid } of await centre.client.conversations.v1.addressConfigurations.list())
    await centre.client.conversations.v1.addressConfigurations(sid).remove();
  for (const { sid } of await (await centre.workspace()).tasks.list())
    await (await centre.workspace()).tasks(sid).remove();
}, 60_000);

test("a kill amid many journeys loses nothing that was acknowledged, and leaves nothing half done", async () => {
  await centre.dismissAll();
  const workspace = await centre.workspace();
  const sid = await centre.hire("bob");
  await workspace.workers(sid).workerChannels("sms").update({ capacity: 100 });
  const customers = Array.from({ length: 60 }, (_, index) => `+1415558${String(1000 + index)}`);

  // Killed while texts come in.
  const received = await untilKilled(customers, 25, (customer) => centre.text(customer, number, "Hello"));
  const texts = (await centre.client.messages.list({ to: number })).filter(({ from }) =>
    customers.includes(from),
  );
  expect(received.filter((acknowledged) => !texts.some((text) => text.sid === acknowledged))).toEqual([]);
  const [proxy] = await centre.client.proxy.v1.services.list();
  const sessions = await centre.client.proxy.v1.services(proxy?.sid ?? "").sessions.list();
  expect(sessions).toHaveLength(texts.length);
  const offered = await (await centre.flex("bob")).reservations("pending");
  expect(offered).toHaveLength(texts.length);
  expect(await (await centre.workspace()).tasks.list()).toHaveLength(texts.length);
  for (const { sid: text } of texts)
    expect(
      (await centre.journey(text)).filter(({ text: said }) => said === "Task created by Studio"),
    ).toHaveLength(1);

  // Killed while bob accepts and answers.
  const bob = await centre.flex("bob");
  const answered = await untilKilled(offered, 12, async (reservation) => {
    await bob.accept(reservation);
    const channelSid = (await bob.channelOf(reservation.taskSid)) ?? "";
    return `${channelSid} ${await bob.write(channelSid, "How can I help?")}`;
  });
  const [service] = await centre.client.chat.v2.services.list();
  const { channels } = centre.client.chat.v2.services(service?.sid ?? "");
  for (const acknowledged of answered) {
    const [channelSid = "", written = ""] = acknowledged.split(" ");
    const channel = await channels(channelSid).fetch();
    const { from } = JSON.parse(channel.attributes) as { from: string };
    expect((await channels(channelSid).messages(written).fetch()).from).toBe("bob");
    expect(await centre.client.messages.list({ from: number, to: from })).toMatchObject([
      { body: "How can I help?" },
    ]);
  }
  // Whoever wrote has joined and accepted; whoever was interrupted goes on.
  const again = await centre.flex("bob");
  for (const reservation of await again.reservations("pending")) await again.accept(reservation);
  expect(await again.reservations("accepted")).toHaveLength(texts.length);
}, 60_000);

/** Does something with all at once, kills the process when so many were acknowledged, and starts it again. @returns these */
async function untilKilled<T, R>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const acknowledged: R[] = [];
  const done = await Promise.allSettled(
    items.map(async (item) => {
      acknowledged.push(await work(item));
      if (acknowledged.length === count) child.kill("SIGKILL");
    }),
  );
  expect(done.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  if (child.signalCode === null) await once(child, "exit");
  await start();
  return acknowledged;
}

test("a handler that was being asked when the process died is asked again", async () => {
  const [found] = await centre.client.incomingPhoneNumbers.list({ phoneNumber: "+12065550187" });
  await centre.client.incomingPhoneNumbers(found?.sid ?? "").update({ smsUrl: `${receiver.url}/sms` });
  receiver.answer = () => "hang";
  const sid = await centre.text("+14155550170", "+12065550187", "Hello");
  while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  receiver.answer = () => ({ status: 200, type: "text/plain", text: "Welcome back" });
  await killAndRestart();
  const journey = await centre.journey(sid);
  expect(receiver.received.map(({ form }) => form["MessageSid"])).toEqual([sid, sid]);
  expect(journey.at(-1)).toMatchObject({ stage: "outbound", text: "Handler's reply sent" });
}, 30_000);
