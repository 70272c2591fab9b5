import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
let serviceSid = "";
let channelSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const channel = () => service().channels(channelSid);
const members = () => `https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}/Members`;

beforeEach(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
  channelSid = (await service().channels.create({ createdBy: "creator" })).sid;
});

test("gets the default role, the creator the creator's, and a user when there is none", async () => {
  const { defaultChannelRoleSid, defaultChannelCreatorRoleSid } = await service().fetch();
  expect(await channel().members.create({ identity: "ann" })).toMatchObject({
    identity: "ann",
    roleSid: defaultChannelRoleSid,
    attributes: "{}",
    lastConsumedMessageIndex: null,
    lastConsumptionTimestamp: null,
    channelSid,
    serviceSid,
  });
  expect((await channel().members.create({ identity: "creator" })).roleSid).toBe(
    defaultChannelCreatorRoleSid,
  );
  expect(await service().users("ann").fetch()).toMatchObject({ identity: "ann", joinedChannelsCount: 1 });
});

test("is found by identity and by filter", async () => {
  const { sid } = await channel().members.create({ identity: "ann" });
  for (const identity of ["bob", "cho"]) await channel().members.create({ identity });
  expect((await channel().members("ann").fetch()).sid).toBe(sid);
  const listed = await channel().members.list({ identity: ["cho", "ann", "nobody"] });
  expect(listed.map(({ identity }) => identity)).toEqual(["ann", "cho"]);
});

test("what it read last is dated now unless said otherwise", async () => {
  await channel().members.create({ identity: "ann" });
  const read = await channel().members("ann").update({ lastConsumedMessageIndex: 3 });
  expect(read).toMatchObject({
    lastConsumedMessageIndex: 3,
    lastConsumptionTimestamp: new Date("2026-01-02T03:04:05Z"),
  });
  const time = new Date("2025-01-01T00:00:00Z");
  expect(
    await channel().members("ann").update({ lastConsumedMessageIndex: 4, lastConsumptionTimestamp: time }),
  ).toMatchObject({ lastConsumedMessageIndex: 4, lastConsumptionTimestamp: time });
});

test.each<[Record<string, string>, number, number, string]>([
  [{}, 400, 20001, "Missing required parameter Identity in the post body"],
  [{ Identity: "ann" }, 409, 50404, "Member already exists"],
  [{ Identity: "new", RoleSid: `RL${"0".repeat(32)}` }, 400, 50101, "Channel role not found"],
  [
    { Identity: "new", LastConsumedMessageIndex: "-1" },
    400,
    20001,
    "LastConsumedMessageIndex must be a whole number",
  ],
])("refuses %j", async (form, status, code, message) => {
  await channel().members.create({ identity: "ann" });
  expect(await local.send("POST", members(), { form })).toMatchObject({
    status,
    body: { code, message: expect.stringContaining(message) },
  });
});

test("a channel takes as many members, and a user as many channels, as the service allows", async () => {
  await service().update({ "limits.channelMembers": 1, "limits.userChannels": 1 });
  await channel().members.create({ identity: "ann" });
  await expect(channel().members.create({ identity: "bob" })).rejects.toMatchObject({
    status: 403,
    code: 50403,
    message: "Channel members limit exceeded",
  });
  await expect(channel().members.create({ identity: "ann" })).rejects.toMatchObject({
    status: 409,
    code: 50404,
  });
  const other = await service().channels.create({});
  await expect(service().channels(other.sid).members.create({ identity: "ann" })).rejects.toMatchObject({
    status: 403,
    code: 50403,
    message: "User channels limit exceeded",
  });
  await channel().members("ann").remove();
  expect(await service().channels(other.sid).members.create({ identity: "ann" })).toMatchObject({
    identity: "ann",
  });
});

test("leaving forgets the membership, not the user", async () => {
  await channel().members.create({ identity: "ann" });
  expect(await channel().members("ann").remove()).toBe(true);
  await expect(channel().members("ann").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  expect((await service().users("ann").fetch()).joinedChannelsCount).toBe(0);
});
