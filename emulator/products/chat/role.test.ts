import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";
import { permissions } from "./permission.ts";

const local = useLocalTwilio({ seed: "empty" });
let serviceSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const roles = () => `https://chat.twilio.com/v2/Services/${serviceSid}/Roles`;

beforeAll(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
});

test("keeps permissions in the order given, and an update replaces them", async () => {
  const role = await service().roles.create({
    friendlyName: "agent",
    type: "channel",
    permission: ["sendMessage", "leaveChannel", "editOwnMessage"],
  });
  expect(role).toMatchObject({
    friendlyName: "agent",
    type: "channel",
    permissions: ["sendMessage", "leaveChannel", "editOwnMessage"],
    serviceSid,
  });
  await service()
    .roles(role.sid)
    .update({ permission: ["leaveChannel", "sendMediaMessage"] });
  expect((await service().roles(role.sid).fetch()).permissions).toEqual(["leaveChannel", "sendMediaMessage"]);
});

test.each(["channel", "deployment"] as const)(
  "a %s role may have every permission of its type",
  async (type) => {
    const permission = [...permissions[type]];
    const role = await service().roles.create({ friendlyName: `all of ${type}`, type, permission });
    expect(role.permissions).toEqual(permission);
  },
);

test.each<[Record<string, string | string[]>, number, string]>([
  [
    { Type: "channel", Permission: "sendMessage" },
    20001,
    "Missing required parameter FriendlyName in the post body",
  ],
  [
    { FriendlyName: "x", Permission: "sendMessage" },
    20001,
    "Missing required parameter Type in the post body",
  ],
  [{ FriendlyName: "x", Type: "channel" }, 20001, "Missing required parameter Permission in the post body"],
  [
    { FriendlyName: "x", Type: "channel", Permission: "" },
    20001,
    "Missing required parameter Permission in the post body",
  ],
  [
    { FriendlyName: "x", Type: "user", Permission: "sendMessage" },
    50105,
    'Type must be one of channel, deployment, got "user"',
  ],
  [
    { FriendlyName: "x", Type: "channel", Permission: ["sendMessage", "fly"] },
    50104,
    'Permission not found: a role of type channel has no "fly"',
  ],
  [
    { FriendlyName: "x", Type: "channel", Permission: "createChannel" },
    50104,
    'Permission not found: a role of type channel has no "createChannel"',
  ],
  [
    { FriendlyName: "x", Type: "deployment", Permission: "sendMessage" },
    50104,
    'Permission not found: a role of type deployment has no "sendMessage"',
  ],
  [
    { FriendlyName: "x".repeat(65), Type: "channel", Permission: "sendMessage" },
    20001,
    "FriendlyName is 65 characters long; at most 64 are allowed",
  ],
])("refuses %j", async (form, code, message) => {
  expect(await local.send("POST", roles(), { form })).toMatchObject({ status: 400, body: { code, message } });
});

test.each([
  [{}, 20001, "Missing required parameter Permission in the post body"],
  [{ FriendlyName: "renamed" }, 20001, "Missing required parameter Permission in the post body"],
  [{ Permission: "joinChannel" }, 50104, 'Permission not found: a role of type channel has no "joinChannel"'],
])("refuses to update with %j", async (form, code, message) => {
  const { sid } = await service().roles.create({
    friendlyName: "update",
    type: "channel",
    permission: ["leaveChannel"],
  });
  expect(await local.send("POST", `${roles()}/${sid}`, { form })).toMatchObject({
    status: 400,
    body: { code, message },
  });
});

test("a default role can't be deleted until another takes its place", async () => {
  const { defaultChannelRoleSid } = await service().fetch();
  await expect(service().roles(defaultChannelRoleSid).remove()).rejects.toMatchObject({
    status: 400,
    code: 20001,
    message:
      `Role channel user (${defaultChannelRoleSid}) can't be deleted: ` +
      "it is the default role of channel members",
  });
  const guest = await service().roles.create({
    friendlyName: "guest",
    type: "channel",
    permission: ["sendMessage"],
  });
  await service().update({ defaultChannelRoleSid: guest.sid });
  expect(await service().roles(defaultChannelRoleSid).remove()).toBe(true);
});

test("a role that a user or a member has can't be deleted", async () => {
  const of = (type: "channel" | "deployment", permission: string) =>
    service().roles.create({ friendlyName: "used", type, permission: [permission] });
  const [forUser, forMember] = [await of("deployment", "joinChannel"), await of("channel", "leaveChannel")];
  const user = await service().users.create({ identity: "ann", roleSid: forUser.sid });
  const channel = await service().channels.create({});
  const member = await service()
    .channels(channel.sid)
    .members.create({ identity: "ann", roleSid: forMember.sid });
  await expect(service().roles(forUser.sid).remove()).rejects.toMatchObject({
    message: `Role used (${forUser.sid}) can't be deleted: it is the role of user ${user.sid}`,
  });
  await expect(service().roles(forMember.sid).remove()).rejects.toMatchObject({
    message: `Role used (${forMember.sid}) can't be deleted: it is the role of member ${member.sid} of channel ${channel.sid}`,
  });
  await service().users("ann").remove();
  expect(await service().roles(forUser.sid).remove()).toBe(true);
  expect(await service().roles(forMember.sid).remove()).toBe(true);
});
