import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre, number } from "./centre.ts";
import { FlexUi2, type Offer } from "./flexUi2.ts";

// Interactions: a conversation is brought to an agent, as Flex UI 2 has it, and ended, left or lost.

const local = useLocalTwilio();
let centre: Centre;
let ann: FlexUi2;
let workspaceSid = "";
let workflowSid = "";
let customers = 0;
const customer = () => `+1628556${String(1000 + ++customers)}`;
const conversations = () => local.client.conversations.v1.conversations;
const flex = () => local.client.flexApi.v1;

beforeAll(async () => {
  centre = new Centre(local.client, local.emulator);
  const [ours] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: "" });
  await local.client.conversations.v1.addressConfigurations.create({ type: "sms", address: number });
  const configuration = await flex().configuration().fetch();
  workspaceSid = configuration.taskrouterWorkspaceSid;
  workflowSid = configuration.taskrouterTargetWorkflowSid;
});

beforeEach(async () => {
  ann = new FlexUi2(local, await centre.hire("ann"), "ann");
});
afterEach(async () => {
  const { tasks } = await centre.workspace();
  for (const { sid } of await tasks.list()) await (await centre.workspace()).tasks(sid).remove();
  await centre.dismissAll();
});

/** Lets somebody text. @returns the conversation that it opened */
async function texted(who: string, body = "Hello"): Promise<string> {
  await centre.text(who, number, body);
  const found = await local.client.conversations.v1.participantConversations.list({ address: who });
  return found.at(-1)?.conversationSid ?? "";
}

const routing = (more: object = {}) => ({
  properties: {
    workspace_sid: workspaceSid,
    workflow_sid: workflowSid,
    task_channel_unique_name: "chat",
    attributes: { topic: "parcels" },
    ...more,
  },
});

const about = (conversationSid: string) => ({
  type: "sms",
  initiated_by: "customer",
  properties: { media_channel_sid: conversationSid },
});

async function routed(who: string, more: object = {}): Promise<{ conversationSid: string; kd: string }> {
  const conversationSid = await texted(who);
  const { sid } = await flex().interaction.create({
    channel: about(conversationSid),
    routing: routing(more),
  });
  await local.advance(1);
  return { conversationSid, kd: sid };
}

const stages = async (sid: string) =>
  (await centre.journey(sid)).map(({ code, text }) =>
    `${code ?? ""} ${text}`.trim().replaceAll(/[A-Z]{2}[0-9a-f]{32}/g, "…"),
  );
const problems = async (sid: string) =>
  (await centre.journey(sid)).filter(({ code }) => code !== null).map(({ code, text }) => [code, text]);
const stateOf = async (sid: string) => (await conversations()(sid).fetch()).state;
const taskStatus = async ({ taskSid }: Offer) =>
  (await (await centre.workspace()).tasks(taskSid).fetch()).assignmentStatus;
const whoIsIn = async (sid: string) =>
  (await conversations()(sid).participants.list()).map(
    ({ identity, messagingBinding }) =>
      identity ?? (messagingBinding as { address: string } | null)?.address ?? "",
  );
const participants = async (offer: Offer) =>
  (await ann.channel(offer).participants.list()).map(({ type, routingProperties }) => ({
    type,
    routingProperties: routingProperties as unknown,
  }));
const textsTo = async (to: string) =>
  (await local.client.messages.list({ to })).map(({ body }) => body).reverse();

test("an interaction is accepted at once, set up after it, and its task says what it is about", async () => {
  const who = customer();
  const conversationSid = await texted(who);
  const made = await flex().interaction.create({ channel: about(conversationSid), routing: routing() });
  const [channel] = await flex().interaction(made.sid).channels.list();
  expect(made.channel).toEqual({ type: "sms", sid: channel?.sid });
  expect(channel).toMatchObject({ status: "setup", errorCode: null, interactionSid: made.sid });
  const [invite] = await flex()
    .interaction(made.sid)
    .channels(channel?.sid ?? "")
    .invites.list();
  const offer = await ann.offer();
  expect(offer.attributes).toEqual({
    topic: "parcels",
    from: who,
    name: who,
    customerName: who,
    customerAddress: who,
    channelType: "sms",
    direction: "inbound",
    initiatedBy: "customer",
    customers: { name: who, phone: who },
    conversations: {
      communication_channel: "sms",
      initiated_by: "customer",
      external_contact: who,
      conversation_id: made.sid,
      media: [{ type: "ChatTranscript", sid: conversationSid }],
    },
    conversationSid,
    flexInteractionSid: made.sid,
    flexInteractionChannelSid: channel?.sid,
    flexChannelInviteSid: invite?.sid,
  });
  expect((made.routing as { properties: object }).properties).toMatchObject({
    sid: offer.taskSid,
    workspace_sid: workspaceSid,
    workflow_sid: workflowSid,
    task_channel_unique_name: "chat",
    assignment_status: "pending",
  });
  expect((invite?.routing as { properties: object }).properties).toMatchObject({ sid: offer.taskSid });
  await local.advance(1);
  expect(await ann.channel(offer).fetch()).toMatchObject({ status: "active", type: "sms" });
  expect(await participants(offer)).toEqual([{ type: "customer", routingProperties: null }]);
});

test("an agent accepts by the invite, talks, wraps up and completes; the next text opens a new conversation", async () => {
  const who = customer();
  const { conversationSid } = await routed(who);
  const offer = await ann.accept();
  expect(await taskStatus(offer)).toBe("assigned");
  expect(await whoIsIn(conversationSid)).toEqual([who, "ann"]);
  const [, agent] = await conversations()(conversationSid).participants.list();
  const serviceSid = (await conversations()(conversationSid).fetch()).chatServiceSid;
  const role = await local.client.conversations.v1
    .services(serviceSid)
    .roles(agent?.roleSid ?? "")
    .fetch();
  expect(role.friendlyName).toBe("agent");
  const [worker] = await (await centre.workspace()).workers.list();
  expect((await participants(offer))[1]).toEqual({
    type: "agent",
    routingProperties: {
      task_sid: offer.taskSid,
      worker_sid: worker?.sid,
      reservation_sid: offer.reservationSid,
    },
  });
  await ann.write(offer, "How can I help?");
  expect(await textsTo(who)).toEqual(["How can I help?"]);

  expect((await ann.wrapUp(offer)).status).toBe("closed");
  expect([await taskStatus(offer), await stateOf(conversationSid)]).toEqual(["wrapping", "closed"]);
  expect(await whoIsIn(conversationSid)).toEqual([who, "ann"]);
  // What the customer writes during wrap-up is a conversation of its own.
  const next = await texted(who, "One more thing");
  expect(next).not.toBe(conversationSid);
  expect((await ann.complete(offer)).status).toBe("closed");
  expect(await taskStatus(offer)).toBe("completed");
  expect(await whoIsIn(conversationSid)).toEqual([who]);
  expect(await stages(conversationSid)).toEqual([
    expect.stringMatching(/^Conversation opened by address/),
    "Interaction opened",
    "Offered to ann",
    "Interaction channel is active",
    "ann: accepted",
    "ann joined the conversation",
    `Message of ann sent to ${who}`,
    "ann: wrapping",
    "Interaction channel is closed",
    "Task completed",
    "ann: completed",
    "ann left the conversation",
  ]);
  await expect(
    ann.channel(offer).update({ status: "inactive", routing: { status: "closed" } }),
  ).rejects.toMatchObject({
    status: 400,
  });
});

test("who completes without wrapping up closes the conversation, too; without routing all are wrapped up", async () => {
  const { conversationSid } = await routed(customer());
  const one = await ann.accept();
  await ann.complete(one);
  expect([await taskStatus(one), await stateOf(conversationSid)]).toEqual(["completed", "closed"]);
  const { conversationSid: other } = await routed(customer());
  const two = await ann.accept();
  await ann.channel(two).update({ status: "closed" });
  expect([await taskStatus(two), await stateOf(other)]).toEqual(["wrapping", "closed"]);
});

test("a declined invite goes to somebody else; one that was answered can't be answered again", async () => {
  const { conversationSid } = await routed(customer());
  const bob = new FlexUi2(local, await centre.hire("bob"), "bob");
  const first = await ann.offer();
  expect((await ann.answer(first, "decline")).status).toBe(200);
  const offer = await bob.accept();
  expect(offer.taskSid).toBe(first.taskSid);
  expect(await whoIsIn(conversationSid)).toContain("bob");
  expect((await ann.answer(first, "accept")).status).toBe(400);
  expect((await bob.answer(offer, "accept")).status).toBe(400);
  expect((await bob.answer({ ...offer, reservationSid: `WR${"0".repeat(32)}` }, "accept")).status).toBe(400);
});

test("a task for one worker who declines is canceled, and the conversation swallows what comes next", async () => {
  const [worker] = await (await centre.workspace()).workers.list();
  const who = customer();
  const { conversationSid } = await routed(who, { worker_sid: worker?.sid, workflow_sid: undefined });
  const offer = await ann.offer();
  await ann.answer(offer, "decline");
  expect(await taskStatus(offer)).toBe("canceled");
  expect(await stateOf(conversationSid)).toBe("active");
  expect(await texted(who, "Hello?")).toBe(conversationSid);
  expect(await problems(conversationSid)).toEqual([
    [0, "Task canceled: Reservation rejected"],
    [
      0,
      "The conversation has no agent and stays open: what the customer writes next gets into it, and nobody sees it",
    ],
  ]);
});

test.each([
  [
    "canceled",
    async (sid: string) => (await centre.workspace()).tasks(sid).update({ assignmentStatus: "canceled" }),
  ],
  ["deleted", async (sid: string) => (await centre.workspace()).tasks(sid).remove()],
] as const)(
  "a task that is %s in TaskRouter leaves the conversation open and its pair held",
  async (_how, end) => {
    const who = customer();
    const { conversationSid } = await routed(who);
    const offer = await ann.offer();
    await end(offer.taskSid);
    expect([await stateOf(conversationSid), (await ann.channel(offer).fetch()).status]).toEqual([
      "active",
      "active",
    ]);
    expect(await texted(who, "Hello?")).toBe(conversationSid);
    expect(await whoIsIn(conversationSid)).toEqual([who]);
    expect((await problems(conversationSid)).at(-1)).toEqual([
      0,
      "The conversation has no agent and stays open: what the customer writes next gets into it, and nobody sees it",
    ]);
    // The way out is the channel.
    await ann.channel(offer).update({ status: "closed" });
    expect(await stateOf(conversationSid)).toBe("closed");
  },
);

test("a task that is canceled while its channel is set up is told of once it is", async () => {
  const conversationSid = await texted(customer());
  await flex().interaction.create({ channel: about(conversationSid), routing: routing() });
  const { taskSid } = await ann.offer();
  await (await centre.workspace()).tasks(taskSid).update({ assignmentStatus: "canceled", reason: "lost" });
  await local.advance(1);
  expect(await problems(conversationSid)).toEqual([
    [0, "Task canceled: lost"],
    [
      0,
      "The conversation has no agent and stays open: what the customer writes next gets into it, and nobody sees it",
    ],
  ]);
});

test("a reservation that is accepted by TaskRouter alone makes nobody a participant, and is told of", async () => {
  const { conversationSid } = await routed(customer());
  const offer = await ann.offer();
  const workspace = await centre.workspace();
  await workspace
    .tasks(offer.taskSid)
    .reservations(offer.reservationSid)
    .update({ reservationStatus: "accepted" });
  expect(await whoIsIn(conversationSid)).not.toContain("ann");
  await workspace
    .tasks(offer.taskSid)
    .reservations(offer.reservationSid)
    .update({ reservationStatus: "completed" });
  expect(await stateOf(conversationSid)).toBe("active");
  expect(
    (await problems(conversationSid)).map(([, text]) => String(text).replaceAll(/KG\w+/g, "KG")),
  ).toEqual([
    "ann accepted the reservation by TaskRouter and not the invite KG: nobody joined the conversation",
  ]);
});

test("parking: the agent leaves by the participant, the conversation stays; somebody is invited again", async () => {
  const who = customer();
  const { conversationSid } = await routed(who);
  const offer = await ann.accept();
  const [, agent] = await ann.channel(offer).participants.list();
  await ann
    .channel(offer)
    .participants(agent?.sid ?? "")
    .update({ status: "closed" });
  expect([await taskStatus(offer), await stateOf(conversationSid)]).toEqual(["completed", "active"]);
  expect(await whoIsIn(conversationSid)).toEqual([who]);
  expect(await participants(offer)).toHaveLength(1);
  expect(await texted(who, "Still there?")).toBe(conversationSid);
  expect(await problems(conversationSid)).toEqual([]);
  const invite = await ann
    .channel(offer)
    .invites.create({ routing: routing({ attributes: { again: true } }) });
  const again = await ann.accept();
  expect(again.attributes).toMatchObject({ again: true, flexChannelInviteSid: invite.sid, conversationSid });
  // The attributes of the first task are not copied.
  expect(again.attributes["topic"]).toBeUndefined();
  expect(await whoIsIn(conversationSid)).toEqual([who, "ann"]);
});

test("leaving makes the channel inactive and needs routing; the customer's next text wakes only the conversation", async () => {
  const who = customer();
  const { conversationSid } = await routed(who);
  const offer = await ann.accept();
  await expect(ann.channel(offer).update({ status: "inactive" })).rejects.toMatchObject({ status: 400 });
  await ann.channel(offer).update({ status: "inactive", routing: { status: "closed" } });
  expect([await taskStatus(offer), await stateOf(conversationSid)]).toEqual(["completed", "inactive"]);
  expect(await whoIsIn(conversationSid)).toEqual([who]);
  expect(await texted(who, "Hello again")).toBe(conversationSid);
  expect([await stateOf(conversationSid), (await ann.channel(offer).fetch()).status]).toEqual([
    "active",
    "inactive",
  ]);
  expect(await ann.offers()).toEqual([]);
});

test("who pauses and resumes is invited again", async () => {
  const { conversationSid } = await routed(customer());
  const offer = await ann.accept();
  const path = `/v1/Interactions/${offer.attributes.flexInteractionSid}/Channels/${offer.attributes.flexInteractionChannelSid}`;
  const paused = await ann.post(path, { status: "pause", routing: { status: "closed" } });
  expect(paused).toMatchObject({ status: 200, body: { status: "pause", error_code: 0 } });
  expect([await taskStatus(offer), await stateOf(conversationSid)]).toEqual(["completed", "inactive"]);
  expect(await ann.post(path, { status: "active" })).toMatchObject({ body: { status: "active" } });
  const again = await ann.accept();
  expect(again.attributes).toMatchObject({ conversationSid, topic: "parcels" });
  expect(await stateOf(conversationSid)).toBe("active");
});

test("Flex UI may close the channel with its last agent", async () => {
  const { conversationSid } = await routed(customer());
  const offer = await ann.accept();
  const [, agent] = await ann.channel(offer).participants.list();
  const { flexInteractionSid, flexInteractionChannelSid } = offer.attributes;
  const path = `/v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}/Participants`;
  const all = async () =>
    (
      (await local.send("GET", `https://flex-api.twilio.com${path}?status=all`)).body as {
        participants: object[];
      }
    ).participants.length;
  const answer = await ann.post(`${path}/${agent?.sid}`, {
    status: "closed",
    closeChannelIfLastParticipant: true,
    awaitRemovalConfirmation: false,
  });
  expect(answer.status).toBe(200);
  expect([await taskStatus(offer), await stateOf(conversationSid)]).toEqual(["completed", "closed"]);
  expect((await ann.channel(offer).fetch()).status).toBe("closed");
  expect([(await participants(offer)).length, await all()]).toEqual([1, 2]);
});

test.each([
  ["is not there", async () => `CH${"0".repeat(32)}`, 45356],
  [
    "is closed",
    async () => {
      const sid = await texted(customer());
      await conversations()(sid).update({ state: "closed" });
      return sid;
    },
    45356,
  ],
  ["has nobody in it", async () => (await conversations().create({})).sid, 45357],
] as const)(
  "an interaction about a conversation that %s fails later, and its task is canceled",
  async (_what, make, code) => {
    const sid = await make();
    const made = await flex().interaction.create({ channel: about(sid), routing: routing() });
    const offer = await ann.offer();
    await local.advance(1);
    const [channel] = await flex().interaction(made.sid).channels.list();
    expect(channel).toMatchObject({ status: "failed", errorCode: code });
    expect(await taskStatus(offer)).toBe("canceled");
    expect((await problems(sid))[0]?.[0]).toBe(code);
  },
);

test.each([
  ["timeout", 0],
  ["timeout", 1_209_601],
  ["priority", 2 ** 31],
])("an interaction whose task would have a %s of %i is refused", async (name, value) => {
  const conversationSid = await texted(customer());
  await expect(
    flex().interaction.create({ channel: about(conversationSid), routing: routing({ [name]: value }) }),
  ).rejects.toMatchObject({ status: 400, code: 20001 });
});

test("an agent begins: a conversation with the customer is made; one whose pair is taken lacks the customer", async () => {
  const who = customer();
  const [worker] = await (await centre.workspace()).workers.list();
  const [queue] = await (await centre.workspace()).taskQueues.list();
  const begin = () =>
    flex().interaction.create({
      channel: {
        type: "sms",
        initiated_by: "agent",
        participants: [{ address: who, proxy_address: number, type: "customer" }],
      },
      routing: routing({ workflow_sid: undefined, queue_sid: queue?.sid, worker_sid: worker?.sid }),
    });
  await begin();
  await local.advance(1);
  const offer = await ann.accept();
  expect(offer.attributes).toMatchObject({
    direction: "outbound",
    initiatedBy: "agent",
    customerAddress: who,
    channelType: "sms",
  });
  expect(await whoIsIn(offer.attributes.conversationSid)).toEqual([who, "ann"]);
  await ann.write(offer, "Your parcel is here");
  expect(await textsTo(who)).toEqual(["Your parcel is here"]);
  await begin();
  await local.advance(1);
  const alone = await ann.accept();
  expect(await whoIsIn(alone.attributes.conversationSid)).toEqual(["ann"]);
  expect(await ann.channel(alone).fetch()).toMatchObject({ status: "active", errorCode: 50416 });
  expect((await problems(alone.attributes.conversationSid)).map(([code]) => code)).toEqual([50416]);
});

test("a second interaction about a conversation does not take the agent of the first for a customer", async () => {
  const { conversationSid } = await routed(customer());
  await ann.accept();
  const second = await flex().interaction.create({ channel: about(conversationSid), routing: routing() });
  await local.advance(1);
  const [channel] = await flex().interaction(second.sid).channels.list();
  const { participants: there } = flex()
    .interaction(second.sid)
    .channels(channel?.sid ?? "");
  expect((await there.list()).map(({ type }) => type)).toEqual(["customer"]);
});

test("an agent who can't be added has accepted all the same", async () => {
  const { sid: serviceSid } = await local.client.conversations.v1.services.create({ friendlyName: "Bare" });
  const service = local.client.conversations.v1.services(serviceSid);
  const { sid: conversationSid } = await service.conversations.create({});
  await service.conversations(conversationSid).participants.create({ identity: "visitor" });
  await flex().interaction.create({ channel: about(conversationSid), routing: routing() });
  await local.advance(1);
  const offer = await ann.accept();
  expect(await taskStatus(offer)).toBe("assigned");
  const there = await service.conversations(conversationSid).participants.list();
  expect(there.map(({ identity }) => identity)).toEqual(["visitor"]);
  expect(await problems(conversationSid)).toEqual([
    [
      50101,
      `The agent accepted, and was not added to the conversation: Role not found: service ${serviceSid} has no conversation role "agent", which Flex makes`,
    ],
  ]);
});

test("a conversation is handed to somebody else: who had it leaves, and the task goes on as it was", async () => {
  const who = customer();
  const { conversationSid } = await routed(who);
  const offer = await ann.accept();
  const bob = new FlexUi2(local, await centre.hire("bob"), "bob");
  const workers = await (await centre.workspace()).workers.list({ friendlyName: "bob" });
  const [, agent] = await ann.channel(offer).participants.list();
  const transfer = await ann
    .channel(offer)
    .transfers.create({ type: "cold", from: agent?.sid, to: workers[0]?.sid });
  expect(transfer).toMatchObject({ status: "active", type: "cold", to: workers[0]?.sid });
  expect(await taskStatus(offer)).toBe("completed");
  expect(await whoIsIn(conversationSid)).toEqual([who]);
  const taken = await bob.accept();
  expect(taken.attributes).toMatchObject({ topic: "parcels", conversationSid });
  expect(await whoIsIn(conversationSid)).toEqual([who, "bob"]);
  expect((await ann.channel(offer).transfers(transfer.sid).fetch()).status).toBe("completed");
  expect(await problems(conversationSid)).toEqual([]);
});

test.each([
  ["no channel", { channel: {} }],
  ["no conversation of the customer's", { channel: { type: "sms", initiated_by: "customer" } }],
  ["nobody to talk to", { channel: { type: "sms", initiated_by: "agent" } }],
  ["a type that is none", { channel: { ...about("CH1"), type: "smoke" } }],
  ["no workspace", { channel: about("CH1"), routing: { properties: {} } }],
  ["another workspace", { channel: about("CH1"), routing: { properties: { workspace_sid: "WS1" } } }],
  [
    "attributes that are none",
    { channel: about("CH1"), routing: { properties: { workspace_sid: "WS1", attributes: "[]" } } },
  ],
])("an interaction with %s is refused", async (_what, given) => {
  await expect(flex().interaction.create(given)).rejects.toMatchObject({ status: 400 });
});

test("a channel is gone 180 days after its last change, whatever happens in the conversation", async () => {
  const who = customer();
  await routed(who);
  const offer = await ann.accept();
  const day = 24 * 60 * 60;
  await local.advance(179 * day);
  await texted(who, "Hello?");
  expect((await ann.channel(offer).fetch()).status).toBe("active");
  await local.advance(2 * day);
  await expect(ann.channel(offer).fetch()).rejects.toMatchObject({ status: 404 });
});
