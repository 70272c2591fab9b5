import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let serviceSid = "";
let channelSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const channel = () => service().channels(channelSid);

beforeEach(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
  channelSid = (await service().channels.create({ type: "private" })).sid;
});

test("has the default role and is from the system", async () => {
  const { defaultChannelRoleSid } = await service().fetch();
  expect(await channel().invites.create({ identity: "ann" })).toMatchObject({
    identity: "ann",
    roleSid: defaultChannelRoleSid,
    createdBy: "system",
    channelSid,
    serviceSid,
  });
});

test("is gone when the invited one joins, who gets its role", async () => {
  const { sid: roleSid } = await service().roles.create({
    friendlyName: "guest",
    type: "channel",
    permission: ["sendMessage"],
  });
  const { sid } = await channel().invites.create({ identity: "ann", roleSid });
  await channel().invites.create({ identity: "bob" });
  expect((await channel().members.create({ identity: "ann" })).roleSid).toBe(roleSid);
  expect((await channel().invites.list()).map(({ identity }) => identity)).toEqual(["bob"]);
  await expect(channel().invites(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("is found by identity, and can be taken back", async () => {
  for (const identity of ["ann", "bob", "cho"]) await channel().invites.create({ identity });
  const [bob] = await channel().invites.list({ identity: ["bob"] });
  expect(bob).toMatchObject({ identity: "bob" });
  await channel()
    .invites(bob?.sid ?? "")
    .remove();
  expect((await channel().invites.list()).map(({ identity }) => identity)).toEqual(["ann", "cho"]);
});

test("is refused twice, to a member, and with a role that is not the channel's", async () => {
  await channel().invites.create({ identity: "ann" });
  await expect(channel().invites.create({ identity: "ann" })).rejects.toMatchObject({
    status: 409,
    code: 50212,
  });
  await channel().members.create({ identity: "bob" });
  await expect(channel().invites.create({ identity: "bob" })).rejects.toMatchObject({
    status: 409,
    code: 50404,
  });
  const { defaultServiceRoleSid: roleSid } = await service().fetch();
  await expect(channel().invites.create({ identity: "cho", roleSid })).rejects.toMatchObject({
    status: 400,
    code: 50101,
  });
});

test("keeps its role from being deleted", async () => {
  const { sid: roleSid } = await service().roles.create({
    friendlyName: "guest",
    type: "channel",
    permission: ["sendMessage"],
  });
  const { sid } = await channel().invites.create({ identity: "ann", roleSid });
  await expect(service().roles(roleSid).remove()).rejects.toMatchObject({
    message: `Role guest (${roleSid}) can't be deleted: it is the role of invite ${sid} to channel ${channelSid}`,
  });
});
