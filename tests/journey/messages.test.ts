import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { number, useCentre } from "./centre.ts";

// What `POST /_emulator/messages` lets come in: texts with and without files, one after another, and web chats.

const setting = useCentre();
const centre = () => setting.centre;
const client = () => setting.local.client;
const picture = "https://example.com/picture.png";
const photo = "https://example.com/photo.jpg";
let customer = "";
let customers = 0;

beforeAll(async () => {
  await centre().dismissAll();
  await centre().hire("alice");
});
beforeEach(() => {
  customer = `+1415555${String(6000 + ++customers)}`;
});

const chat = async () => client().chat.v2.services((await client().chat.v2.services.list())[0]?.sid ?? "");
const proxy = async () => client().proxy.v1.services((await client().proxy.v1.services.list())[0]?.sid ?? "");
const said = async (channelSid: string) =>
  (await (await chat()).channels(channelSid).messages.list()).map(({ from, body, attributes }) => [
    from,
    body,
    attributes,
  ]);

/** The conversation that the customer is in: its session, named after the chat channel. */
async function conversation() {
  const { sessions } = await proxy();
  for (const session of await sessions.list()) {
    const participants = await sessions(session.sid).participants.list();
    if (participants.some(({ identifier }) => identifier === customer)) return session;
  }
  throw new Error(`${customer} is in no session`);
}

async function finish(): Promise<void> {
  const alice = await centre().flex("alice");
  for (const reservation of await alice.reservations("accepted")) await alice.complete(reservation);
}

test("a text with files is an MMS, whose files the agent sees, and answers with one", async () => {
  const sid = await centre().text(customer, number, "Look", [picture, photo]);
  expect(sid).toMatch(/^MM/);
  expect(await client().messages(sid).fetch()).toMatchObject({
    status: "received",
    numMedia: "2",
    body: "Look",
  });
  const files = await client().messages(sid).media.list();
  expect(files.map(({ contentType }) => contentType)).toEqual(["image/png", "image/jpeg"]);
  const { uniqueName: channelSid, sid: sessionSid } = await conversation();
  const [[from, body, attributes] = []] = await said(channelSid);
  expect([from, body]).toEqual([customer, "Look"]);
  const { media } = JSON.parse(attributes ?? "") as { media: string[] };
  expect(media.map((url) => url.slice(-34))).toEqual(files.map((file) => file.sid));

  const alice = await centre().flex("alice");
  const [reservation] = await alice.reservations("pending");
  if (reservation === undefined) throw new Error("Alice was offered nothing");
  await alice.accept(reservation);
  await (await chat()).channels(channelSid).messages.create({
    from: alice.agent.identity,
    body: "Here",
    attributes: JSON.stringify({ media: [picture] }),
    xTwilioWebhookEnabled: "true",
  });
  const [answer] = await client().messages.list({ to: customer });
  expect(answer).toMatchObject({ from: number, body: "Here", numMedia: "1" });
  expect(answer?.sid).toMatch(/^MM/);
  expect(await (await proxy()).sessions(sessionSid).interactions.list()).toHaveLength(2);
  await finish();
});

test("a file may come without words", async () => {
  const sid = await centre().text(customer, number, "", [picture]);
  expect(await client().messages(sid).fetch()).toMatchObject({ numMedia: "1", body: "" });
  const { uniqueName: channelSid } = await conversation();
  expect((await said(channelSid))[0]?.[1]).toBe("");
});

test("a second text goes into the open session, and makes nothing anew", async () => {
  await centre().text(customer, number, "One");
  const session = await conversation();
  const tasks = async () => (await (await centre().workspace()).tasks.list()).length;
  const [before, channels] = [await tasks(), (await client().flexApi.v1.channel.list()).length];
  const second = await centre().text(customer, number, "Two");
  expect((await said(session.uniqueName)).map(([from, body]) => [from, body])).toEqual([
    [customer, "One"],
    [customer, "Two"],
  ]);
  const { interactions } = (await proxy()).sessions(session.sid);
  expect((await interactions.list()).map(({ data }) => data)).toEqual(['{"body":"Two"}', '{"body":"One"}']);
  expect(await tasks()).toBe(before);
  expect(await client().flexApi.v1.channel.list()).toHaveLength(channels);
  const stages = (await centre().journey(second)).map(({ stage }) => stage);
  expect(stages.slice(stages.indexOf("number"))).toEqual(["number", "proxy", "proxy", "chat"]);
});

test("a visitor writes in a web chat, with a file, and again", async () => {
  const [flow] = await client().flexApi.v1.flexFlow.list({ friendlyName: "Flex Web Channel Flow" });
  const { sid: channelSid } = await client().flexApi.v1.webChannel.create({
    flexFlowSid: flow?.sid ?? "",
    identity: "visitor",
    customerFriendlyName: "Visitor",
    chatFriendlyName: "Chat with a visitor",
  });
  const write = async (message: object) => {
    const json = { channelSid, from: "visitor", ...message };
    const url = "/_emulator/messages";
    return (await centre().http.send<{ sid: string }>({ method: "POST", url, json })).sid;
  };
  const first = await write({ body: "Hi" });
  expect(first).toMatch(/^IM/);
  expect((await centre().journey(first)).map(({ stage }) => stage)).toContain("task");
  await write({ body: "See", mediaUrls: [picture] });
  expect(await said(channelSid)).toEqual([
    ["visitor", "Hi", "{}"],
    ["visitor", "See", JSON.stringify({ media: [picture] })],
  ]);
  const workspace = await centre().workspace();
  const ours = (await workspace.tasks.list()).filter(({ attributes }) => attributes.includes(channelSid));
  expect(ours).toHaveLength(1);
});
