import { leavePool } from "../support/leavePool.ts";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { type Entry, number, useCentre } from "./centre.ts";

// What goes wrong on the way of a text, and who is told. Every test has a customer of its own.

const setting = useCentre();
const receiver = useReceiver();
const client = () => setting.local.client;
const centre = () => setting.centre;

let customers = 0;
let customer = "";
beforeEach(() => {
  customer = `+1415555${String(2000 + ++customers)}`;
});
beforeAll(async () => {
  await centre().hire("alice");
});

const workspace = () => centre().workspace();
const chat = async () => client().chat.v2.services((await client().chat.v2.services.list())[0]?.sid ?? "");
const proxy = async () => client().proxy.v1.services((await client().proxy.v1.services.list())[0]?.sid ?? "");
const failures = (entries: readonly Entry[]) =>
  entries.filter(({ code }) => code !== null).map(({ stage, code, text }) => ({ stage, code, text }));

/** The conversation that a customer's text came into: chat channel, session, and task. */
async function conversation(body = "Hello") {
  const message = await centre().text(customer, number, body);
  const sessions = await (await proxy()).sessions.list();
  const journey = await centre().journey(message);
  const channelSid = journey.find(({ stage, sid }) => stage === "chat" && sid?.startsWith("CH"))?.sid ?? "";
  const session = sessions.find(({ uniqueName }) => uniqueName === channelSid);
  const taskSid = journey.find(({ sid }) => sid?.startsWith("WT"))?.sid ?? "";
  return { message, channelSid, sessionSid: session?.sid ?? "", taskSid, journey };
}

async function offers(taskSid: string) {
  const reservations = await (await workspace()).tasks(taskSid).reservations.list();
  return reservations.map(({ workerName, reservationStatus }) => `${workerName} ${reservationStatus}`);
}

async function setActivity(name: string, activity: string) {
  const [worker] = await (await workspace()).workers.list({ friendlyName: name });
  const [found] = await (await workspace()).activities.list({ friendlyName: activity });
  await (await workspace()).workers(worker?.sid ?? "").update({ activitySid: found?.sid });
}

/** Lets alice finish what she has. */
async function finish() {
  const alice = await centre().flex("alice");
  for (const reservation of await alice.reservations("pending")) await alice.accept(reservation);
  for (const reservation of await alice.reservations("accepted")) await alice.complete(reservation);
}

test("nobody has capacity: the second task waits until the first is done", async () => {
  const first = await conversation();
  expect(await offers(first.taskSid)).toEqual(["alice pending"]);
  customer += "1";
  const second = await conversation();
  expect(await offers(second.taskSid)).toEqual([]);
  await finish();
  expect(await offers(second.taskSid)).toEqual(["alice pending"]);
  await finish();
});

test("nobody is there: the task waits and is canceled when its time to live ends", async () => {
  await setActivity("alice", "Offline");
  const { message, taskSid } = await conversation();
  expect(await offers(taskSid)).toEqual([]);
  await centre().advance(86_400);
  expect(await (await workspace()).tasks(taskSid).fetch()).toMatchObject({
    assignmentStatus: "canceled",
    reason: "Task TTL Exceeded",
  });
  expect(failures(await centre().journey(message))).toEqual([
    { stage: "task", code: 0, text: "Task canceled: Task TTL Exceeded" },
  ]);
  await setActivity("alice", "Available");
});

describe("in front of the flow", () => {
  test("a number that is in no pool", async () => {
    const service = await proxy();
    const [pooled] = await service.phoneNumbers.list();
    const [{ smsUrl, sid } = { smsUrl: "", sid: "" }] = await client().incomingPhoneNumbers.list({
      phoneNumber: number,
    });
    await leavePool(service, pooled?.sid ?? "");
    await client().incomingPhoneNumbers(sid).update({ smsUrl });
    const journey = await centre().journey(await centre().text(customer, number, "Hello"));
    const { sid: serviceSid } = await service.fetch();
    expect(failures(journey)).toEqual([
      {
        stage: "proxy",
        code: 80620,
        text: `${number} is not in the number pool of Proxy service ${serviceSid}`,
      },
    ]);
    await service.phoneNumbers.create({ phoneNumber: number });
  });

  test("no Flex Flow for the number", async () => {
    const [flow] = await client().flexApi.v1.flexFlow.list({ friendlyName: "Texts" });
    await client()
      .flexApi.v1.flexFlow(flow?.sid ?? "")
      .update({ enabled: false });
    const journey = await centre().journey(await centre().text(customer, number, "Hello"));
    expect(failures(journey)).toEqual([
      { stage: "proxy", code: 45205, text: `There is no enabled Flex Flow for ${number}` },
    ]);
    await client()
      .flexApi.v1.flexFlow(flow?.sid ?? "")
      .update({ enabled: true });
  });

  test("a number without a URL, one that is not the account's, and one that writes to itself", async () => {
    const journey = await centre().journey(await centre().text(customer, "+12065550187", "Hello"));
    expect(failures(journey)).toEqual([
      { stage: "handler", code: 0, text: "+12065550187 has no SmsUrl: nobody gets the message" },
    ]);
    await expect(centre().text(customer, "+12065550100", "Hello")).rejects.toMatchObject({
      status: 400,
      code: 21606,
      message: "+12065550100 is no number of the account; a message to it would not come in here",
    });
    await expect(centre().text(number, number, "Hello")).rejects.toMatchObject({
      status: 400,
      code: 21266,
      message: "The 'To' and 'From' numbers can't be the same.",
    });
  });

  test("a number that left a pool: nothing is sent to Twilio's placeholder", async () => {
    const smsUrl = "https://demo.twilio.com/welcome/sms/reply/";
    const numbers = client().incomingPhoneNumbers;
    const [other] = await numbers.list({ phoneNumber: "+12065550187" });
    await numbers(other?.sid ?? "").update({ smsUrl });
    const journey = await centre().journey(await centre().text(customer, "+12065550187", "Hello"));
    expect(failures(journey)).toEqual([
      {
        stage: "handler",
        code: 0,
        text: `+12065550187 has only Twilio's placeholder as SmsUrl, ${smsUrl}: nobody gets the message`,
      },
    ]);
    expect(JSON.stringify((await setting.local.own("GET", "/webhooks")).body)).not.toContain(smsUrl);
    await numbers(other?.sid ?? "").update({ smsUrl: "" });
  });
});

describe("in the flow", () => {
  const state = (name: string, type: string, transitions: object[], properties: object) => ({
    name,
    type,
    transitions,
    properties: { offset: { x: 0, y: 0 }, ...properties },
  });
  const definition = (...states: object[]) => ({
    description: "",
    states: [
      state(
        "Trigger",
        "trigger",
        [
          { event: "incomingMessage", next: "First" },
          { event: "incomingCall" },
          { event: "incomingRequest", next: "First" },
        ],
        {},
      ),
      ...states,
    ],
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
  });
  const request = (next?: string) =>
    state("First", "make-http-request", [{ event: "success" }, { event: "failed", next }], {
      method: "POST",
      url: `${receiver.url}/broken`,
      content_type: "application/x-www-form-urlencoded;charset=utf-8",
    });
  let flowSid = "";
  let usual: unknown;

  beforeAll(async () => {
    const flow = (await client().studio.v2.flows.list()).find(
      ({ friendlyName }) => friendlyName === "Messaging Flow",
    );
    flowSid = flow?.sid ?? "";
    usual = (await client().studio.v2.flows(flowSid).fetch()).definition;
  });
  beforeEach(() => {
    receiver.answer = () => ({ status: 500 });
  });
  const publish = (flow: unknown) =>
    client()
      .studio.v2.flows(flowSid)
      .update({ status: "published", definition: flow as object });

  test("a request that fails, unwired, ends the execution", async () => {
    await publish(definition(request()));
    const { message, channelSid } = await conversation();
    const journey = await centre().journey(message);
    expect(failures(journey)).toEqual([
      {
        stage: "studio",
        code: 81016,
        text: `Studio execution ended at First: ${receiver.url}/broken failed: it answered 500`,
      },
    ]);
    const [execution] = await client().studio.v2.flows(flowSid).executions.list({ limit: 1 });
    expect(execution).toMatchObject({ status: "ended", contactChannelAddress: channelSid });
    const steps = await client()
      .studio.v2.flows(flowSid)
      .executions(execution?.sid ?? "")
      .steps.list();
    expect(
      steps.map(({ name, transitionedFrom, transitionedTo }) => [transitionedFrom, name, transitionedTo]),
    ).toEqual([
      ["First", "failed", "Ended"],
      ["Trigger", "incomingMessage", "First"],
    ]);
  });

  test("a request that fails, wired, takes that way", async () => {
    const sorry = state("Sorry", "send-message", [{ event: "sent" }, { event: "failed" }], {
      service: "{{trigger.message.InstanceSid}}",
      channel: "{{trigger.message.ChannelSid}}",
      from: "{{flow.channel.address}}",
      to: "{{contact.channel.address}}",
      body: "Sorry: {{widgets.First.status_code}}",
    });
    await publish(definition(request("Sorry"), sorry));
    const { message } = await conversation();
    expect(failures(await centre().journey(message))).toEqual([]);
    const [sent] = await client().messages.list({ to: customer });
    expect(sent).toMatchObject({ body: "Sorry: 500", from: number });
  });

  test("no answer: the wait times out", async () => {
    const ask = state(
      "First",
      "send-and-wait-for-reply",
      [{ event: "incomingMessage" }, { event: "timeout", next: "Late" }, { event: "deliveryFailure" }],
      {
        service: "{{trigger.message.InstanceSid}}",
        channel: "{{trigger.message.ChannelSid}}",
        from: "{{flow.channel.address}}",
        body: "Are you there?",
        timeout: "60",
      },
    );
    const late = state("Late", "set-variables", [{ event: "next" }], {
      variables: [{ key: "late", value: "{{widgets.First.outbound.Body}}" }],
    });
    await publish(definition(ask, late));
    await conversation();
    const { executions } = client().studio.v2.flows(flowSid);
    const [execution] = await executions.list({ limit: 1 });
    await centre().advance(59);
    expect(await executions(execution?.sid ?? "").fetch()).toMatchObject({ status: "active" });
    await centre().advance(1);
    expect(await executions(execution?.sid ?? "").fetch()).toMatchObject({ status: "ended" });
    const { context } = await executions(execution?.sid ?? "")
      .executionContext()
      .fetch();
    expect(context).toMatchObject({ flow: { variables: { late: "Are you there?" } } });
  });

  test("a task that can't be made", async () => {
    const gone = state("First", "send-to-flex", [{ event: "callComplete" }, { event: "failedToEnqueue" }], {
      workflow: `WW${"0".repeat(32)}`,
      channel: `TC${"0".repeat(32)}`,
      attributes: "{}",
    });
    await publish(definition(gone));
    const { message } = await conversation();
    expect(failures(await centre().journey(message))).toEqual([
      {
        stage: "studio",
        code: 81015,
        text: `Studio execution ended at First: no task was made: workflow WW${"0".repeat(32)} does not exist`,
      },
    ]);
    await publish(usual);
  });
});

describe("with the agent", () => {
  test("a session that was closed: what the agent writes reaches nobody", async () => {
    const { channelSid, sessionSid, message } = await conversation();
    const alice = await centre().flex("alice");
    const [reservation] = await alice.reservations("pending");
    await alice.accept(reservation!);
    await (await proxy()).sessions(sessionSid).update({ status: "closed" });
    const said = await alice.write(channelSid, "Hello?");
    expect(await client().messages.list({ to: customer })).toEqual([]);
    const last = (await centre().journey(message)).at(-1);
    expect(last).toMatchObject({
      stage: "outbound",
      code: 80607,
      sid: said,
      text: `alice wrote, and nobody got it: Proxy session ${sessionSid} is closed or gone`,
    });
    await alice.complete(reservation!);
  });

  test("a role without sendMessage is refused with Twilio's error", async () => {
    const { channelSid } = await conversation();
    const alice = await centre().flex("alice");
    const [reservation] = await alice.reservations("pending");
    await alice.accept(reservation!);
    const role = (await (await chat()).roles.list()).find(({ friendlyName }) => friendlyName === "agent");
    const permissions = role?.permissions ?? [];
    await (await chat()).roles(role?.sid ?? "").update({
      permission: permissions.filter((permission) => permission !== "sendMessage"),
    });
    await expect(alice.write(channelSid, "Hello?")).rejects.toMatchObject({
      status: 403,
      code: 50107,
      message: "User unauthorized for command",
    });
    await (await chat()).roles(role?.sid ?? "").update({
      permission: permissions.filter((permission) => permission !== "editChannelAttributes"),
    });
    // Deactivating the channel is refused, so the task stays.
    await expect(alice.complete(reservation!)).rejects.toMatchObject({ code: 50107 });
    expect(await alice.reservations("accepted")).toHaveLength(1);
    await (await chat()).roles(role?.sid ?? "").update({ permission: permissions });
    await alice.complete(reservation!);
  });
});

describe("afterwards", () => {
  const setFlow = async (settings: { janitorEnabled?: boolean; longLived?: boolean }) => {
    const [flow] = await client().flexApi.v1.flexFlow.list({ friendlyName: "Texts" });
    await client()
      .flexApi.v1.flexFlow(flow?.sid ?? "")
      .update(settings);
  };
  const status = async (channelSid: string) =>
    (JSON.parse((await (await chat()).channels(channelSid).fetch()).attributes) as { status: string }).status;

  test("a task deleted outside Flex UI leaves an open session, unless there is a janitor", async () => {
    const left = await conversation();
    await (await workspace()).tasks(left.taskSid).remove();
    expect(await status(left.channelSid)).toBe("ACTIVE");
    expect(await (await proxy()).sessions(left.sessionSid).fetch()).toMatchObject({ status: "in-progress" });

    const next = await centre().journey(await centre().text(customer, number, "Still there?"));
    expect(failures(next)).toEqual([
      {
        stage: "task",
        code: 0,
        text: `Nobody sees the message: task ${left.taskSid} is over, its session is not, and nothing makes a new task`,
      },
    ]);

    await setFlow({ janitorEnabled: true });
    customer += "2";
    const cleaned = await conversation();
    await (await workspace()).tasks(cleaned.taskSid).remove();
    expect(await status(cleaned.channelSid)).toBe("INACTIVE");
    await expect((await proxy()).sessions(cleaned.sessionSid).fetch()).rejects.toMatchObject({ status: 404 });
    await setFlow({ janitorEnabled: false });
  });

  test("a long-lived conversation goes on in its channel with a new task", async () => {
    await setFlow({ longLived: true });
    const first = await conversation();
    await finish();
    expect(await (await proxy()).sessions(first.sessionSid).fetch()).toMatchObject({ status: "in-progress" });
    await centre().text(customer, number, "Me again");
    const journey = await centre().journey(first.message);
    const tasks = journey.filter(({ text }) => text === "Task created by Studio").map(({ sid }) => sid);
    expect(tasks).toHaveLength(2);
    expect(await status(first.channelSid)).toBe("ACTIVE");
    const messages = await (await chat()).channels(first.channelSid).messages.list();
    expect(messages.map(({ body }) => body)).toEqual(["Hello", "Me again"]);
    await finish();
    await setFlow({ longLived: false });
  });

  test("somebody who wrote STOP gets nothing more", async () => {
    await centre().text(customer, number, "Stop");
    const sending = () => client().messages.create({ from: number, to: customer, body: "Offer!" });
    await expect(sending()).rejects.toMatchObject({ status: 400, code: 21610 });
    const alice = await centre().flex("alice");
    const [reservation] = await alice.reservations("pending");
    await alice.accept(reservation!);
    await alice.write((await alice.channelOf(reservation!.taskSid)) ?? "", "Are you sure?");
    const [answer] = await client().messages.list({ from: number, to: customer, limit: 1 });
    expect(answer).toMatchObject({ body: "Are you sure?", status: "failed", errorCode: 21610 });
    await finish();
    await centre().text(customer, number, "start");
    expect(await sending()).toMatchObject({ status: "queued" });
    await finish();
  });
});

test("a web chat: the visitor's message becomes a task, and the agent's stays in the chat", async () => {
  const [flow] = await client().flexApi.v1.flexFlow.list({ friendlyName: "Flex Web Channel Flow" });
  const { sid: channelSid } = await client().flexApi.v1.webChannel.create({
    flexFlowSid: flow?.sid ?? "",
    identity: "visitor",
    customerFriendlyName: "Visitor",
    chatFriendlyName: "Chat with a visitor",
    preEngagementData: '{"page":"cart"}',
  });
  const json = { channelSid, from: "visitor", body: "Hi" };
  await centre().http.send({ method: "POST", url: "/_emulator/messages", json });
  const alice = await centre().flex("alice");
  const [reservation] = await alice.reservations("pending");
  const task = await (await workspace()).tasks(reservation?.taskSid ?? "").fetch();
  expect(task.taskChannelUniqueName).toBe("chat");
  expect(JSON.parse(task.attributes)).toMatchObject({ name: "Visitor", channelType: "web", channelSid });
  await alice.accept(reservation!);
  const before = (await client().messages.list()).length;
  await alice.write(channelSid, "Hi!");
  expect(await client().messages.list()).toHaveLength(before);
  await alice.complete(reservation!);
  expect(JSON.parse((await (await chat()).channels(channelSid).fetch()).attributes)).toMatchObject({
    status: "INACTIVE",
    pre_engagement_data: { page: "cart" },
  });
});
