import { beforeAll, describe, expect, test } from "@jest/globals";
import { accessToken } from "../../../flex-stack/simulate/access-token.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let serviceSid = "";
let channelSid = "";
let roleSid = "";
let own = "";
let others = "";

beforeAll(async () => {
  const { services } = local.client.chat.v2;
  ({ sid: serviceSid } = await services.create({ friendlyName: "People" }));
  const service = services(serviceSid);
  ({ sid: roleSid } = await service.roles.create({
    friendlyName: "agent",
    type: "channel",
    permission: ["sendMessage"],
  }));
  ({ sid: channelSid } = await service.channels.create({ friendlyName: "Team" }));
  const channel = service.channels(channelSid);
  await channel.members.create({ identity: "ann", roleSid });
  await channel.members.create({ identity: "bob", roleSid });
  ({ sid: own } = await channel.messages.create({ from: "ann", body: "Mine" }));
  ({ sid: others } = await channel.messages.create({ from: "bob", body: "His" }));
});

/** Sends as a person; the part of the error that matters, or the status. */
async function as(identity: string, method: string, path: string, form?: Record<string, string>) {
  const token = accessToken(local.emulator, { identity, chatServiceSid: serviceSid }, Date.now());
  const authorization = `Basic ${Buffer.from(`token:${token}`).toString("base64")}`;
  const url = `https://chat.twilio.com/v2/Services/${serviceSid}${path}`;
  const { status, body } = await local.send(method, url, { form, headers: { authorization } });
  return status < 400 ? status : [status, (body as { code: number }).code];
}

const permit = (...permission: string[]) =>
  local.client.chat.v2.services(serviceSid).roles(roleSid).update({ permission });

describe("what a permission is for", () => {
  const refused = [403, 50107];
  const inChannel = (rest = "") => `/Channels/${channelSid}${rest}`;
  const ofAnn = () => `/Users/ann${inChannel()}`;
  test.each<[string, string, () => string, Record<string, string> | undefined, number]>([
    ["sendMessage", "POST", () => inChannel("/Messages"), { From: "ann", Body: "x" }, 201],
    ["editOwnMessage", "POST", () => inChannel(`/Messages/${own}`), { Body: "x" }, 200],
    ["editAnyMessage", "POST", () => inChannel(`/Messages/${others}`), { Body: "x" }, 200],
    ["editOwnMessageAttributes", "POST", () => inChannel(`/Messages/${own}`), { Attributes: "{}" }, 200],
    ["editAnyMessageAttributes", "POST", () => inChannel(`/Messages/${others}`), { Attributes: "{}" }, 200],
    ["editChannelName", "POST", () => inChannel(), { FriendlyName: "x" }, 200],
    ["editChannelAttributes", "POST", () => inChannel(), { Attributes: "{}" }, 200],
    ["addMember", "POST", () => inChannel("/Members"), { Identity: "eve" }, 201],
    ["inviteMember", "POST", () => inChannel("/Invites"), { Identity: "joe" }, 201],
    ["editNotificationLevel", "POST", () => ofAnn(), { NotificationLevel: "muted" }, 200],
    ["editOwnMemberAttributes", "POST", () => inChannel("/Members/ann"), { Attributes: "{}" }, 200],
    ["removeMember", "DELETE", () => inChannel("/Members/eve"), undefined, 204],
    ["deleteAnyMessage", "DELETE", () => inChannel(`/Messages/${others}`), undefined, 204],
    ["deleteOwnMessage", "DELETE", () => inChannel(`/Messages/${own}`), undefined, 204],
  ])("%s", async (permission, method, path, form, status) => {
    await permit(permission === "sendMessage" ? "sendMediaMessage" : "sendMessage");
    expect(await as("ann", method, path(), form)).toEqual(refused);
    await permit(permission);
    expect(await as("ann", method, path(), form)).toBe(status);
  });

  test.each([
    ["a member", (identity: string) => inChannel(`/Members/${identity}`)],
    ["a user", (identity: string) => `/Users/${identity}${inChannel()}`],
  ])("leaveChannel, as %s", async (what, path) => {
    const identity = `leaver-${what.slice(2)}`;
    await local.client.chat.v2
      .services(serviceSid)
      .channels(channelSid)
      .members.create({ identity, roleSid });
    await permit("editNotificationLevel");
    expect(await as(identity, "DELETE", path(identity))).toEqual(refused);
    expect(await as("ann", "DELETE", path(identity))).toEqual(refused);
    await permit("leaveChannel");
    expect(await as(identity, "DELETE", path(identity))).toBe(204);
  });

  test("nobody reads or mutes another's channels", async () => {
    await permit("editNotificationLevel");
    expect(await as("ann", "GET", ofAnn())).toBe(200);
    expect(await as("bob", "GET", ofAnn())).toEqual(refused);
    expect(await as("bob", "POST", ofAnn(), { NotificationLevel: "muted" })).toEqual(refused);
  });
});

test("nobody speaks in another's name, reads where they are not, or changes the service", async () => {
  await permit("sendMessage");
  const messages = `/Channels/${channelSid}/Messages`;
  expect(await as("ann", "POST", messages, { From: "bob", Body: "x" })).toEqual([400, 50107]);
  expect(await as("mallory", "POST", messages, { From: "mallory", Body: "x" })).toEqual([404, 50400]);
  expect(await as("mallory", "GET", messages)).toEqual([404, 50400]);
  expect(await as("ann", "GET", messages)).toBe(200);
  expect(await as("ann", "POST", "", { FriendlyName: "x" })).toEqual([403, 50107]);
  expect(await as("ann", "GET", "/Roles")).toEqual([403, 50107]);
});

test("a token is of its service, signed by its account, in time, and for chat only", async () => {
  const { accountSid, authToken } = local.emulator;
  const grants = { identity: "ann", chatServiceSid: serviceSid };
  const ask = async (token: string, url: string) => {
    const authorization = `Basic ${Buffer.from(`token:${token}`).toString("base64")}`;
    return (await local.send("GET", url, { headers: { authorization } })).status;
  };
  const messages = `https://chat.twilio.com/v2/Services/${serviceSid}/Channels/${channelSid}/Messages`;
  const now = Date.now();
  const token = accessToken({ accountSid, authToken }, grants, now);
  expect(await ask(token, messages)).toBe(200);
  expect(await ask(token, "https://taskrouter.twilio.com/v1/Workspaces")).toBe(403);
  expect(await ask(accessToken({ accountSid, authToken: "wrong" }, grants, now), messages)).toBe(401);
  expect(await ask(accessToken({ accountSid, authToken }, grants, now - 14_401_000), messages)).toBe(401);
  const other = { ...grants, chatServiceSid: `IS${"0".repeat(32)}` };
  expect(await ask(accessToken({ accountSid, authToken }, other, now), messages)).toBe(403);
  for (const broken of ["", "a.b.c", token.replace(/\.[^.]*$/, "."), `${token}x`, "e30.e30.e30"])
    expect(await ask(broken, messages)).toBe(401);
});
