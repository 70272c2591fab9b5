import { beforeAll, expect, test } from "@jest/globals";
import { noOrchestrations } from "../../flex-stack/simulate/flex-ui.ts";
import twilio from "twilio";
import { useStack } from "../stack/project.ts";
import { type Received, useReceiver } from "../support/receiver.ts";
import { Centre, withoutWorkers } from "./centre.ts";

// The dev stack with handling of its own: messages and chat events go to the account's handler, and Flex has no part
// in them. The tests build on one another.

const stack = useStack();
const handler = useReceiver();
const number = "+14155550142";
const customer = "+14155550170";
let centre: Centre;

/** What the handler got at a path. */
const at = (path: string) => handler.received.filter((received) => received.path === path);

/** Whether Twilio's own check takes a request's signature. */
function isSigned({ headers, path, form }: Received): boolean {
  const signature = String(headers["x-twilio-signature"]);
  return twilio.validateRequest(stack.emulator.authToken, signature, handler.url + path, form);
}
let channelSid = "";

beforeAll(async () => {
  await stack.configure((config) => {
    withoutWorkers(config);
    const handling = config["flex-messaging:messageHandling"] as {
      kind: string;
      handler: Record<string, unknown>;
    };
    handling.kind = "custom";
    Object.assign(handling.handler, {
      smsUrl: `${handler.url}/sms`,
      smsFallbackUrl: `${handler.url}/fallback`,
    });
    Object.assign(handling.handler.chat as object, {
      preWebhookUrl: `${handler.url}/chat-check`,
      postWebhookUrl: `${handler.url}/chat`,
    });
  });
  await stack.up();
  centre = new Centre(stack.client, stack.emulator);
  await centre.dismissAll();
  await centre.hire("alice");
});

const chat = async () => stack.client.chat.v2.services(String((await stack.outputs()).chatServiceSid));

test("the handler gets the message by a signed request, and its TwiML is done", async () => {
  const text = "<Response><Message>Got it &amp; thanks</Message></Response>";
  handler.answer = () => ({ status: 200, type: "text/xml", text });
  const sid = await centre.text(customer, number, "Hello", ["https://example.com/picture.png"]);
  const journey = await centre.journey(sid);
  expect(at("/sms").map(isSigned)).toEqual([true]);
  expect(at("/sms")[0]?.form).toEqual(
    expect.objectContaining({
      MessageSid: sid,
      AccountSid: stack.client.accountSid,
      From: customer,
      To: number,
      Body: "Hello",
      NumMedia: "1",
      MediaContentType0: "image/png",
    }),
  );
  const [reply] = await stack.client.messages.list({ from: number, to: customer });
  expect(reply).toMatchObject({ body: "Got it & thanks", direction: "outbound-reply" });
  expect(journey.map(({ stage, code }) => [stage, code])).toEqual([
    ["number", null],
    ["handler", null],
    ["handler", null],
    ["outbound", null],
  ]);
});

test("no handler of Flex has a part in it", async () => {
  const { client } = stack;
  const outputs = await stack.outputs();
  expect(await client.proxy.v1.services(String(outputs.proxyServiceSid)).sessions.list()).toEqual([]);
  expect(await client.studio.v2.flows(String(outputs.messagingFlowSid)).executions.list()).toEqual([]);
  expect(await client.flexApi.v1.channel.list()).toEqual([]);
  expect(await (await centre.workspace()).tasks.list()).toEqual([]);
});

test("what the handler does in chat is told to its webhook when it asks for that", async () => {
  const channel = await (await chat()).channels.create({ friendlyName: "Own", type: "private" });
  channelSid = channel.sid;
  const messages = (await chat()).channels(channelSid).messages;
  await messages.create({ from: customer, body: "Quiet" });
  await messages.create({ from: customer, body: "Loud", xTwilioWebhookEnabled: "true" });
  await centre.advance(0);
  expect(at("/chat").map(isSigned)).toEqual([true]);
  expect(at("/chat")[0]?.form).toEqual(
    expect.objectContaining({
      EventType: "onMessageSent",
      ChannelSid: channelSid,
      From: customer,
      Body: "Loud",
      ClientIdentity: customer,
    }),
  );
  // Asked beforehand are only people who write with chat clients.
  expect(at("/chat-check")).toEqual([]);
});

test("without an override Flex UI fails to add the agent, who has accepted by then", async () => {
  const workspace = await centre.workspace();
  const { workflowSids } = (await stack.outputs()) as { workflowSids: Record<string, string> };
  const task = await workspace.tasks.create({
    workflowSid: workflowSids["overflow"],
    taskChannel: "sms",
    attributes: JSON.stringify({ channelSid, channelType: "sms" }),
  });
  const alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("pending");
  expect(reservation?.taskSid).toBe(task.sid);
  await expect(alice.accept(reservation!)).rejects.toMatchObject({
    status: 404,
    code: 20404,
    message: `The requested resource /Channels/${channelSid}/Roles/agent/Users was not found`,
  });
  expect((await alice.reservations("accepted")).map(({ sid }) => sid)).toEqual([reservation?.sid]);
  const told = await centre.journey(channelSid);
  expect(told.filter(({ code }) => code === 20404)).toHaveLength(1);

  const own = await centre.flex("alice", { orchestrations: noOrchestrations });
  await own.complete(reservation!);
  expect(await workspace.tasks(task.sid).fetch()).toMatchObject({ assignmentStatus: "completed" });
});

test("a handler that fails gives way to its fallback", async () => {
  handler.answer = ({ path }) => ({ status: path === "/sms" ? 500 : 204 });
  const sid = await centre.text(customer, number, "Anybody there?");
  const journey = await centre.journey(sid);
  expect(at("/fallback").map(({ form }) => [form["Body"], form["ErrorCode"], form["ErrorUrl"]])).toEqual([
    ["Anybody there?", "11200", `${handler.url}/sms`],
  ]);
  expect(journey.filter(({ code }) => code !== null)).toMatchObject([
    { stage: "handler", code: 11200, text: `${handler.url}/sms failed: it answered 500` },
  ]);
});
