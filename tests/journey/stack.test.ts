import { beforeAll, expect, test } from "@jest/globals";
import { useStack } from "../stack/project.ts";
import { Centre, withoutWorkers } from "./centre.ts";

// The dev stack, provisioned by Pulumi, and a customer who texts it. Each step is read with the official SDK; the
// tests build on one another.

const stack = useStack();
const number = "+14155550142";
const customer = "+14155550170";
let centre: Centre;
const sids: Record<"message" | "session" | "channel" | "execution" | "task", string> = {
  message: "",
  session: "",
  channel: "",
  execution: "",
  task: "",
};

const outputs = async () => (await stack.outputs()) as Record<string, string>;
const chat = async () => stack.client.chat.v2.services((await outputs()).chatServiceSid ?? "");
const proxy = async () => stack.client.proxy.v1.services((await outputs()).proxyServiceSid ?? "");
const texts = async (from: string, to: string) =>
  (await stack.client.messages.list({ from, to }))
    .map(({ body, direction }) => ({ body, direction }))
    .reverse();

beforeAll(async () => {
  await stack.configure(withoutWorkers);
  await stack.up();
  centre = new Centre(stack.client, stack.emulator);
  await centre.dismissAll();
  await centre.hire("alice", { routing: { skills: ["billing"] }, level: 2 });
  await centre.hire("bob", { routing: { skills: ["sales"] }, level: 2 });
});

test("1. the message is received on the number", async () => {
  sids.message = await centre.text(customer, number, "Hello");
  const message = await stack.client.messages(sids.message).fetch();
  expect(message).toMatchObject({
    from: customer,
    to: number,
    body: "Hello",
    direction: "inbound",
    status: "received",
    numMedia: "0",
  });
});

test("2. Proxy has a session with both sides and the interaction; the chat channel has the message", async () => {
  const sessions = await (await proxy()).sessions.list();
  expect(sessions).toHaveLength(1);
  sids.session = sessions[0]?.sid ?? "";
  expect(sessions[0]).toMatchObject({ status: "in-progress", mode: "message-only", closedReason: "" });
  sids.channel = sessions[0]?.uniqueName ?? "";
  const session = (await proxy()).sessions(sids.session);
  const participants = await session.participants.list();
  expect(participants.map(({ identifier, proxyIdentifier }) => [identifier, proxyIdentifier])).toEqual([
    [customer, number],
    [sids.channel, number],
  ]);
  const interactions = await session.interactions.list();
  expect(interactions.at(-1)).toMatchObject({
    data: '{"body":"Hello"}',
    type: "message",
    inboundParticipantSid: participants[0]?.sid,
    inboundResourceSid: sids.message,
    inboundResourceStatus: "received",
    outboundParticipantSid: participants[1]?.sid,
  });

  const channel = await (await chat()).channels(sids.channel).fetch();
  expect(channel).toMatchObject({ type: "private", createdBy: "system" });
  expect(JSON.parse(channel.attributes)).toEqual({
    status: "ACTIVE",
    long_lived: false,
    from: customer,
    channel_type: "sms",
    twilioNumber: number,
    serviceNumber: number,
    proxySession: sids.session,
  });
  const [first] = await (await chat()).channels(sids.channel).messages.list();
  expect(first).toMatchObject({ from: customer, body: "Hello", index: 0 });
});

test("3. the flow greets, asks, and waits; the answer leads on", async () => {
  const flow = stack.client.studio.v2.flows((await outputs()).messagingFlowSid ?? "");
  const [execution] = await flow.executions.list();
  sids.execution = execution?.sid ?? "";
  const [hello] = await (await chat()).channels(sids.channel).messages.list();
  expect(execution).toMatchObject({
    status: "active",
    contactChannelAddress: sids.channel,
    initiatedBy: hello?.sid,
  });
  const steps = async () =>
    (await flow.executions(sids.execution).steps.list())
      .map(({ name, transitionedFrom, transitionedTo }) => `${transitionedFrom} ${name} ${transitionedTo}`)
      .reverse();
  expect(await steps()).toEqual(["Trigger incomingMessage Greeting", "Greeting sent Menu"]);
  expect(await texts(number, customer)).toEqual([
    { body: "[dev] Welcome! One moment.", direction: "outbound-api" },
    {
      body: "What is it about? 1 an invoice, 2 a problem, 3 an order, 4 a return",
      direction: "outbound-api",
    },
  ]);

  await centre.text(customer, number, "Invoice");
  expect((await steps()).slice(2)).toEqual([
    "Menu incomingMessage Answer",
    "Answer match Skill_billing",
    "Skill_billing next ChatOrConversation",
    "ChatOrConversation noMatch SendMessageToAgent",
    "SendMessageToAgent callComplete Ended",
  ]);
  expect(await flow.executions(sids.execution).fetch()).toMatchObject({ status: "ended" });
  const { context } = await flow.executions(sids.execution).executionContext().fetch();
  expect(context).toMatchObject({
    flow: { variables: { skill: "billing" } },
    trigger: { message: { ChannelSid: sids.channel, Body: "Hello" } },
    widgets: { Menu: { inbound: { Body: "Invoice" } } },
  });
  expect(await (await chat()).channels(sids.channel).webhooks.list()).toEqual([]);
});

test("4. the task is on its channel, in its queue, and offered to the one who can do it", async () => {
  const workspace = await centre.workspace();
  const [task, ...others] = await workspace.tasks.list();
  expect(others).toEqual([]);
  sids.task = task?.sid ?? "";
  expect(task).toMatchObject({
    assignmentStatus: "reserved",
    taskChannelUniqueName: "sms",
    taskQueueFriendlyName: "Billing",
    workflowFriendlyName: "Inbound messages",
  });
  expect(JSON.parse(task?.attributes ?? "")).toEqual({
    name: customer,
    channelType: "sms",
    channelSid: sids.channel,
    skill: "billing",
  });
  const reservations = await workspace.tasks(sids.task).reservations.list();
  expect(reservations.map(({ workerName, reservationStatus }) => [workerName, reservationStatus])).toEqual([
    ["alice", "pending"],
  ]);
  const channel = await (await chat()).channels(sids.channel).fetch();
  expect(JSON.parse(channel.attributes)).toMatchObject({ taskSid: sids.task });
});

test("5. who accepts becomes a member of the channel with the role agent", async () => {
  const alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("pending");
  await alice.accept(reservation!);
  const workspace = await centre.workspace();
  expect(await workspace.tasks(sids.task).fetch()).toMatchObject({ assignmentStatus: "assigned" });
  const agentRole = (await (await chat()).roles.list()).find(({ friendlyName }) => friendlyName === "agent");
  const members = await (await chat()).channels(sids.channel).members.list();
  expect(members.map(({ identity }) => identity)).toEqual([customer, "alice"]);
  expect(members[1]).toMatchObject({ roleSid: agentRole?.sid, attributes: '{"member_type":"agent"}' });
  expect(await (await chat()).users("alice").fetch()).toMatchObject({ joinedChannelsCount: 1 });
});

test("6. what the agent writes reaches the customer's phone", async () => {
  const alice = await centre.flex("alice");
  const written = await alice.write(sids.channel, "How can I help?");
  await centre.advance(5);
  const [sent] = await stack.client.messages.list({ from: number, to: customer, limit: 1 });
  expect(sent).toMatchObject({ body: "How can I help?", direction: "outbound-api", status: "delivered" });
  const [interaction] = await (await proxy()).sessions(sids.session).interactions.list();
  expect(interaction).toMatchObject({
    data: '{"body":"How can I help?"}',
    inboundResourceSid: written,
    outboundResourceSid: sent?.sid,
    outboundResourceStatus: "delivered",
  });
  await centre.text(customer, number, "My invoice is wrong");
  const messages = await (await chat()).channels(sids.channel).messages.list({ order: "desc", limit: 1 });
  expect(messages[0]).toMatchObject({ from: customer, body: "My invoice is wrong" });
});

test("7. completing cleans up: task, member, channel, session", async () => {
  const workspace = await centre.workspace();
  const alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("accepted");
  await alice.wrapUp(reservation!);
  expect(await (await proxy()).sessions(sids.session).fetch()).toMatchObject({ status: "closed" });
  const [wrapping] = await alice.reservations("wrapping");
  await alice.complete(wrapping!);

  expect(await workspace.tasks(sids.task).fetch()).toMatchObject({ assignmentStatus: "completed" });
  const channel = await (await chat()).channels(sids.channel).fetch();
  expect(JSON.parse(channel.attributes)).toMatchObject({ status: "INACTIVE" });
  const members = await (await chat()).channels(sids.channel).members.list();
  expect(members.map(({ identity }) => identity)).toEqual([customer]);
  await expect((await proxy()).sessions(sids.session).fetch()).rejects.toMatchObject({ status: 404 });

  await centre.advance(9 * 60);
  expect(await workspace.tasks(sids.task).fetch()).toMatchObject({ assignmentStatus: "completed" });
  await centre.advance(2 * 60);
  await expect(workspace.tasks(sids.task).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a text to a number on Flex Conversations reaches an agent and back, through the same flow", async () => {
  const web = "+13125550163";
  const writer = "+14155550171";
  await centre.text(writer, web, "Hello");
  const message = await centre.text(writer, web, "Invoice");
  const alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("pending");
  const workspace = await centre.workspace();
  const task = await workspace.tasks(reservation!.taskSid).fetch();
  const attributes = JSON.parse(task.attributes) as Record<string, string>;
  expect(attributes).toMatchObject({
    skill: "billing",
    channelType: "sms",
    customerAddress: writer,
    conversationSid: expect.stringMatching(/^CH/),
    flexInteractionSid: expect.stringMatching(/^KD/),
  });
  expect(attributes).not.toHaveProperty("channelSid");
  await alice.accept(reservation!);
  const conversation = stack.client.conversations.v1.conversations(attributes["conversationSid"]!);
  const participants = await conversation.participants.list();
  expect(participants.map(({ identity, messagingBinding }) => [identity, messagingBinding])).toEqual([
    [null, { type: "sms", address: writer, proxy_address: web }],
    ["alice", null],
  ]);
  await alice.answer(reservation!, "How can I help?");
  await centre.advance(5);
  expect((await texts(web, writer)).at(-1)).toEqual({ body: "How can I help?", direction: "outbound-api" });
  await alice.complete(reservation!);
  expect(await conversation.fetch()).toMatchObject({ state: "closed" });
  expect(await workspace.tasks(task.sid).fetch()).toMatchObject({ assignmentStatus: "completed" });
  // Nothing of it came by Proxy, and the pair is free again.
  expect(await (await proxy()).sessions.list()).toEqual([]);
  const again = await centre.text(writer, web, "One more thing");
  const opened = (await centre.journey(again)).find(({ text }) => text.startsWith("Conversation opened"));
  expect(opened?.sid).not.toBe(attributes["conversationSid"]);
  expect((await centre.journey(message)).map(({ text }) => text)).toContain("alice joined the conversation");
});

test("who writes again begins a new conversation", async () => {
  await centre.text(customer, number, "One more thing");
  const sessions = await (await proxy()).sessions.list();
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.uniqueName).not.toBe(sids.channel);
});
