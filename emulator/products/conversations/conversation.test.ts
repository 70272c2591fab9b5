import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const start = Date.parse("2026-01-02T03:04:05Z");
const now = start;
const local = useLocalTwilio({ seed: "empty", clock: () => now });
const root = "https://conversations.twilio.com/v1";
let serviceSid = "";

beforeAll(async () => {
  serviceSid = (await local.client.conversations.v1.services.create({ friendlyName: "Support" })).sid;
});

const make = (options: object = {}) => local.client.conversations.v1.conversations.create(options);

test.each(["default", "in its service"])("a new conversation has Twilio's defaults: %s", async (form) => {
  const url = `${form === "default" ? root : `${root}/Services/${serviceSid}`}/Conversations`;
  const { status, body } = await local.send("POST", url, { form: {} });
  const { sid } = body as { sid: string };
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    chat_service_sid: serviceSid,
    messaging_service_sid: null,
    friendly_name: null,
    unique_name: null,
    attributes: "{}",
    state: "active",
    timers: {},
    bindings: {},
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url: `${url}/${sid}`,
    links: {
      participants: `${url}/${sid}/Participants`,
      messages: `${url}/${sid}/Messages`,
      webhooks: `${url}/${sid}/Webhooks`,
      export: `${url}/${sid}/Export`,
    },
  });
});

test("it is a private channel of Chat, and a private channel is one; a public channel is not", async () => {
  const { channels } = local.client.chat.v2.services(serviceSid);
  const { conversations } = local.client.conversations.v1;
  const { sid } = await make({ friendlyName: "Order", uniqueName: "order-1", attributes: '{"a":1}' });
  expect(await channels(sid).fetch()).toMatchObject({
    type: "private",
    friendlyName: "Order",
    uniqueName: "order-1",
    attributes: '{"a":1}',
  });
  const hidden = await channels.create({ type: "private", friendlyName: "Chat" });
  expect(await conversations(hidden.sid).fetch()).toMatchObject({ state: "active", friendlyName: "Chat" });
  const open = await channels.create({ uniqueName: "open", type: "public" });
  for (const reference of [open.sid, "open"])
    await expect(conversations(reference).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(conversations(open.sid).update({ state: "closed" })).rejects.toMatchObject({ status: 404 });
  const listed = (await conversations.list()).map((item) => item.sid);
  expect(listed).toEqual(expect.arrayContaining([sid, hidden.sid]));
  expect(listed).not.toContain(open.sid);
});

test("a name is unique in the service, and can be given up", async () => {
  const { conversations } = local.client.conversations.v1;
  const { sid } = await make({ uniqueName: "one" });
  expect((await conversations("one").fetch()).sid).toBe(sid);
  await expect(make({ uniqueName: "one" })).rejects.toMatchObject({ status: 409, code: 50353 });
  const other = await make();
  await expect(conversations(other.sid).update({ uniqueName: "one" })).rejects.toMatchObject({ code: 50353 });
  expect((await conversations(sid).update({ uniqueName: "" })).uniqueName).toBeNull();
  await conversations(other.sid).update({ uniqueName: "one" });
  await expect(make({ uniqueName: `CH${"1".repeat(32)}` })).rejects.toMatchObject({
    status: 400,
    code: 50390,
  });
});

test("timers make it inactive, then closed, which is the end of it", async () => {
  const { sid } = await make({ state: "active", "timers.inactive": "PT1M", "timers.closed": "PT10M" });
  const conversation = local.client.conversations.v1.conversations(sid);
  const seconds = async (count: number) => {
    await local.advance(count);
    return conversation.fetch();
  };
  expect((await conversation.fetch()).timers).toEqual({
    date_inactive: new Date(now + 60_000).toISOString().replace(".000", ""),
    date_closed: new Date(now + 600_000).toISOString().replace(".000", ""),
  });
  expect((await seconds(59)).state).toBe("active");
  expect((await seconds(1)).state).toBe("inactive");
  expect(Object.keys((await conversation.fetch()).timers as object)).toEqual(["date_closed"]);
  expect((await seconds(539)).state).toBe("inactive");
  expect(await seconds(1)).toMatchObject({ state: "closed", timers: {} });
  await expect(conversation.update({ state: "active" })).rejects.toMatchObject({ status: 400, code: 50377 });
  await expect(conversation.update({ friendlyName: "x" })).rejects.toMatchObject({ code: 50377 });
  await conversation.remove();
});

test("a change starts the timers anew, an empty one is no timer", async () => {
  const { sid } = await make({ state: "active", "timers.inactive": "PT1M" });
  const conversation = local.client.conversations.v1.conversations(sid);
  await local.advance(50);
  await conversation.update({ friendlyName: "Busy" });
  await local.advance(50);
  expect((await conversation.fetch()).state).toBe("active");
  await conversation.update({ "timers.inactive": "" });
  await local.advance(3600);
  expect(await conversation.fetch()).toMatchObject({ state: "active", timers: {} });
});

test("a timer of a part of a millisecond, or one beyond all dates, does no harm", async () => {
  const { sid } = await make({ state: "active", "timers.closed": "PT600.12345S" });
  await local.advance(601);
  expect((await local.client.conversations.v1.conversations(sid).fetch()).state).toBe("closed");
  const body = { message: "Timers.Closed must be at most 1000 years, got P99999999999W" };
  expect(
    await local.send("POST", `${root}/Conversations`, {
      form: { State: "active", "Timers.Closed": "P99999999999W" },
    }),
  ).toMatchObject({ status: 400, body });
});

test("the account's timers go for conversations that have none of their own", async () => {
  const { configuration } = local.client.conversations.v1;
  await configuration().update({ defaultClosedTimer: "PT10M" });
  const [usual, own] = [await make(), await make({ state: "active", "timers.closed": "P1D" })];
  const inChat = await local.client.chat.v2.services(serviceSid).channels.create({ type: "private" });
  await configuration().update({ defaultClosedTimer: "" });
  await local.advance(600);
  const state = async (sid: string) => (await local.client.conversations.v1.conversations(sid).fetch()).state;
  expect(await Promise.all([usual, own, inChat].map(({ sid }) => state(sid)))).toEqual([
    "closed",
    "active",
    "active",
  ]);
});

test("lists are narrowed by state and by day of creation", async () => {
  const { conversations } = local.client.conversations.v1.services(serviceSid);
  const old = await conversations.create({
    dateCreated: new Date("2020-02-03T23:00:00Z"),
    state: "inactive",
  });
  const sids = async (filter: { state?: "inactive"; startDate?: string; endDate?: string }) =>
    (await conversations.list(filter)).map(({ sid }) => sid);
  expect(await sids({ state: "inactive" })).toEqual([old.sid]);
  expect(await sids({ startDate: "2020-02-03", endDate: "2020-02-03" })).toEqual([old.sid]);
  expect(await sids({ endDate: "2020-02-02" })).toEqual([]);
  expect(await sids({ startDate: "2020-02-04" })).not.toContain(old.sid);
});

test("attributes have at most 16 KB", async () => {
  await expect(make({ attributes: JSON.stringify("x".repeat(16 * 1024)) })).rejects.toMatchObject({
    message: "Attributes is 16386 bytes long; at most 16384 are allowed",
  });
});

test.each<[Record<string, string>, number, string]>([
  [{ "Timers.Closed": "PT1H" }, 50382, "Timers can't be given without State when a conversation is created"],
  [{ State: "active", "Timers.Closed": "PT1M" }, 20001, "Timers.Closed must be at least PT10M, got PT1M"],
  [{ State: "initializing" }, 20001, 'State must be one of inactive, active, closed, got "initializing"'],
  [{ Attributes: "{" }, 20001, "Attributes is not valid JSON"],
])("refuses %j", async (form, code, message) => {
  const { status, body } = await local.send("POST", `${root}/Conversations`, { form });
  expect(status).toBe(400);
  expect(body).toMatchObject({ code, message: expect.stringContaining(message) as unknown });
});
