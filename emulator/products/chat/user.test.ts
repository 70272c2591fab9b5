import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let serviceSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const users = () => `https://chat.twilio.com/v2/Services/${serviceSid}/Users`;

beforeAll(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
});

test("has the service's default role and is found by SID and by identity", async () => {
  const { defaultServiceRoleSid } = await service().fetch();
  const user = await service().users.create({ identity: "ann@example.com é" });
  expect(user).toMatchObject({
    identity: "ann@example.com é",
    roleSid: defaultServiceRoleSid,
    attributes: "{}",
    friendlyName: null,
    isOnline: null,
    isNotifiable: null,
    joinedChannelsCount: 0,
  });
  expect((await service().users(user.sid).fetch()).sid).toBe(user.sid);
  expect((await service().users("ann@example.com é").fetch()).sid).toBe(user.sid);
});

test("is offline once the service tells who is online, but not in lists", async () => {
  const other = await local.client.chat.v2.services.create({ friendlyName: "Reachable" });
  const reachable = local.client.chat.v2.services(other.sid);
  await reachable.update({ reachabilityEnabled: true });
  const { sid } = await reachable.users.create({ identity: "ann" });
  expect((await reachable.users(sid).fetch()).isOnline).toBe(false);
  expect((await reachable.users.list()).map(({ isOnline }) => isOnline)).toEqual([null]);
});

test("updates all but its identity", async () => {
  const role = await service().roles.create({
    friendlyName: "reader",
    type: "deployment",
    permission: ["joinChannel"],
  });
  await service().users.create({ identity: "bob" });
  await service().users("bob").update({ friendlyName: "Bob", attributes: '{"team":1}', roleSid: role.sid });
  const form = { FriendlyName: "Robert", RoleSid: "" };
  const { body } = await local.send("POST", `${users()}/bob`, { form });
  expect(body).toMatchObject({
    identity: "bob",
    friendly_name: "Robert",
    attributes: '{"team":1}',
    role_sid: role.sid,
  });
});

test.each<[Record<string, string>, number, number, string]>([
  [{}, 400, 20001, "Missing required parameter Identity in the post body"],
  [{ Identity: "taken" }, 409, 50201, "User already exists"],
  [
    { Identity: "new", Attributes: "{" },
    400,
    20001,
    expect.stringContaining("Attributes is not valid JSON") as never,
  ],
  [
    { Identity: "new", RoleSid: `RL${"0".repeat(32)}` },
    400,
    50102,
    expect.stringContaining("Service role not found") as never,
  ],
])("refuses %j", async (form, status, code, message) => {
  await local.send("POST", users(), { form: { Identity: "taken" } });
  expect(await local.send("POST", users(), { form })).toMatchObject({ status, body: { code, message } });
});

test("is not found by another identity, nor are the channels of one that is not there", async () => {
  await expect(service().users("nobody").fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
    message: `The requested resource /Services/${serviceSid}/Users/nobody was not found`,
  });
  await expect(service().users("nobody").userChannels.list()).rejects.toMatchObject({
    status: 404,
    code: 50200,
  });
});

test("knows the channels it is in, and leaves them when it is deleted", async () => {
  const channel = await service().channels.create({ uniqueName: "order-1" });
  const member = await service().channels(channel.sid).members.create({ identity: "cho" });
  const { userChannels } = service().users("cho");
  expect(await userChannels(channel.sid).fetch()).toMatchObject({
    channelSid: channel.sid,
    memberSid: member.sid,
    status: "joined",
    lastConsumedMessageIndex: null,
    unreadMessagesCount: null,
    notificationLevel: "default",
  });
  await service().channels(channel.sid).messages.create({ body: "one" });
  await service().channels(channel.sid).messages.create({ body: "two" });
  await service().channels(channel.sid).members(member.sid).update({ lastConsumedMessageIndex: 0 });
  expect(await userChannels(channel.sid).fetch()).toMatchObject({
    lastConsumedMessageIndex: 0,
    unreadMessagesCount: 1,
  });
  expect((await service().users("cho").fetch()).joinedChannelsCount).toBe(1);
  await service().users("cho").remove();
  expect(await service().channels(channel.sid).members.list()).toEqual([]);
  expect((await service().channels(channel.sid).fetch()).membersCount).toBe(0);
});
