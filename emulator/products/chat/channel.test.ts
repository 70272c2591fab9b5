import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

let now = Date.parse("2026-01-02T03:04:05Z");
const local = useLocalTwilio({ seed: "empty", clock: () => now });
let serviceSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const channels = () => `https://chat.twilio.com/v2/Services/${serviceSid}/Channels`;

beforeAll(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
});

test("a new channel has Twilio's defaults", async () => {
  const { status, body } = await local.send("POST", channels(), { form: {} });
  const { sid } = body as { sid: string };
  const url = `${channels()}/${sid}`;
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    service_sid: serviceSid,
    friendly_name: null,
    unique_name: null,
    attributes: "{}",
    type: "public",
    created_by: "system",
    members_count: 0,
    messages_count: 0,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: "2026-01-02T03:04:05Z",
    url,
    links: {
      members: `${url}/Members`,
      messages: `${url}/Messages`,
      invites: `${url}/Invites`,
      webhooks: `${url}/Webhooks`,
      last_message: null,
    },
  });
});

test("is found by unique name, also what is in it", async () => {
  const { sid } = await service().channels.create({ uniqueName: "order é 1", attributes: '{"a":1}' });
  expect((await service().channels("order é 1").fetch()).sid).toBe(sid);
  await service().channels("order é 1").members.create({ identity: "ann" });
  expect((await service().channels("order é 1").members.list()).map(({ identity }) => identity)).toEqual([
    "ann",
  ]);
});

test("lists public channels unless types are given", async () => {
  const made = await Promise.all(
    (["public", "private"] as const).map((type) =>
      service().channels.create({ type, friendlyName: "listed" }),
    ),
  );
  const listed = async (type?: ("public" | "private")[]) =>
    (await service().channels.list(type === undefined ? {} : { type }))
      .filter(({ friendlyName }) => friendlyName === "listed")
      .map(({ sid }) => sid)
      .sort();
  const [open, closed] = made.map(({ sid }) => sid);
  expect(await listed()).toEqual([open]);
  expect(await listed(["private"])).toEqual([closed]);
  expect(await listed(["public", "private"])).toEqual([open, closed].sort());
});

test.each<[Record<string, string>, number, number, string]>([
  [{ Attributes: "{'a':1}" }, 400, 50304, "Attributes is not valid JSON"],
  [{ UniqueName: `CH${"0".repeat(32)}` }, 400, 50306, "Channel unique name must not look like a channel SID"],
  [{ UniqueName: "taken" }, 409, 50307, "Channel with provided unique name already exists"],
  [{ Type: "secret" }, 400, 20001, 'Type must be one of public, private, got "secret"'],
  [{ DateCreated: "yesterday" }, 400, 20001, 'DateCreated must be an ISO 8601 time, got "yesterday"'],
  [
    { FriendlyName: "x".repeat(65) },
    400,
    20001,
    "FriendlyName is 65 characters long; at most 64 are allowed",
  ],
  [{ UniqueName: "x".repeat(65) }, 400, 20001, "UniqueName is 65 characters long; at most 64 are allowed"],
])("refuses %j", async (form, status, code, message) => {
  await local.send("POST", channels(), { form: { UniqueName: "taken" } });
  const answer = await local.send("POST", channels(), { form });
  expect(answer).toMatchObject({ status, body: { code, message: expect.stringContaining(message) } });
});

test("one that is gone is not found itself, nor is what was in it", async () => {
  const gone = `CH${"0".repeat(32)}`;
  await expect(service().channels(gone).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(service().channels(gone).messages.create({ body: "x" })).rejects.toMatchObject({
    status: 404,
    code: 50300,
    message: "Channel not found",
  });
});

test("keeps its dates when members and messages come and go, and takes given ones", async () => {
  const { sid } = await service().channels.create({
    dateCreated: new Date("2020-01-01T00:00:00Z"),
    createdBy: "ann",
  });
  const channel = () => service().channels(sid);
  now += 60_000;
  const member = await channel().members.create({ identity: "ann" });
  const message = await channel().messages.create({ body: "Hello" });
  const fetched = await channel().fetch();
  expect([fetched.dateCreated, fetched.dateUpdated].map((date) => date.toISOString())).toEqual([
    "2020-01-01T00:00:00.000Z",
    "2026-01-02T03:04:05.000Z",
  ]);
  expect(fetched).toMatchObject({ membersCount: 1, messagesCount: 1 });
  expect(fetched.links).toMatchObject({ last_message: `${channels()}/${sid}/Messages/${message.sid}` });
  const updated = await channel().update({ friendlyName: "Renamed" });
  expect(updated.dateUpdated.toISOString()).toBe("2026-01-02T03:05:05.000Z");
  await channel().members(member.sid).remove();
  await channel().messages(message.sid).remove();
  expect(await channel().fetch()).toMatchObject({ membersCount: 0, messagesCount: 0 });
});

test("refuses an update that names nothing", async () => {
  const { sid } = await service().channels.create({});
  expect(await local.send("POST", `${channels()}/${sid}`, { form: {} })).toMatchObject({
    status: 400,
    body: { code: 20161 },
  });
});

test("deleting it takes it from its members' channels", async () => {
  const { sid } = await service().channels.create({});
  await service().channels(sid).members.create({ identity: "deleted" });
  await service().channels(sid).remove();
  expect((await service().users("deleted").fetch()).joinedChannelsCount).toBe(0);
});

test("an update takes longer names than a create", async () => {
  const { sid } = await service().channels.create({});
  const name = "x".repeat(256);
  expect(await service().channels(sid).update({ friendlyName: name, uniqueName: name })).toMatchObject({
    friendlyName: name,
    uniqueName: name,
  });
  await expect(
    service()
      .channels(sid)
      .update({ friendlyName: `${name}x` }),
  ).rejects.toMatchObject({
    status: 400,
    code: 20001,
    message: "FriendlyName is 257 characters long; at most 256 are allowed",
  });
});
