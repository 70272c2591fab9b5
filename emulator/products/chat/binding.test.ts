import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let serviceSid = "";
let credentialSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const device = () => ({ serviceSid, identity: "ann", endpoint: "phone", credentialSid });

beforeAll(async () => {
  credentialSid = (await local.client.chat.v2.credentials.create({ type: "fcm", secret: "key" })).sid;
});
beforeEach(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
});

async function register(changes: object = {}): Promise<string> {
  const { status, body } = await local.own("POST", "/bindings", { ...device(), ...changes });
  expect(status).toBe(200);
  return (body as { sid: string }).sid;
}

test("a device that registers has a binding, of its user and of the service", async () => {
  const sid = await register();
  const { sid: userSid } = await service().users("ann").fetch();
  const expected = {
    sid,
    identity: "ann",
    endpoint: "phone",
    bindingType: "fcm",
    credentialSid,
    messageTypes: ["added_to_channel", "invited_to_channel", "new_message", "removed_from_channel"],
  };
  expect(await service().bindings(sid).fetch()).toMatchObject(expected);
  expect(await service().users("ann").userBindings(sid).fetch()).toMatchObject({ ...expected, userSid });
});

test("a device registers for one user at a time", async () => {
  const first = await register();
  const second = await register({ identity: "bob", messageTypes: ["new_message"] });
  await expect(service().bindings(first).fetch()).rejects.toMatchObject({ status: 404 });
  expect(await service().users("ann").userBindings.list()).toEqual([]);
  expect(await service().bindings(second).fetch()).toMatchObject({
    identity: "bob",
    messageTypes: ["new_message"],
  });
});

test("lists are filtered by type and identity", async () => {
  const { sid: apple } = await local.client.chat.v2.credentials.create({
    type: "apn",
    certificate: "certificate",
    privateKey: "key",
  });
  await register();
  await register({ endpoint: "tablet", credentialSid: apple });
  await register({ endpoint: "watch", identity: "bob" });
  const endpoints = (list: readonly { endpoint: string }[]) => list.map(({ endpoint }) => endpoint);
  const { bindings } = service();
  expect(endpoints(await bindings.list({ bindingType: ["fcm"] }))).toEqual(["phone", "watch"]);
  expect(endpoints(await bindings.list({ identity: ["bob"] }))).toEqual(["watch"]);
  const { userBindings } = service().users("ann");
  expect(endpoints(await userBindings.list({ bindingType: ["apn", "gcm"] }))).toEqual(["tablet"]);
});

test("a deleted binding, and one of a deleted user, is gone", async () => {
  const phone = await register();
  const tablet = await register({ endpoint: "tablet" });
  await service().users("ann").userBindings(phone).remove();
  expect((await service().bindings.list()).map(({ sid }) => sid)).toEqual([tablet]);
  await service().users("ann").remove();
  expect(await service().bindings.list()).toEqual([]);
});

test.each([
  ["an unknown service", { serviceSid: `IS${"0".repeat(32)}` }, 404, "does not exist"],
  ["an unknown credential", { credentialSid: `CR${"0".repeat(32)}` }, 400, "does not exist"],
  ["an unknown message type", { messageTypes: ["everything"] }, 400, "messageTypes"],
  ["no endpoint", { endpoint: undefined }, 400, "endpoint"],
])("a device with %s is told so", async (_what, changes, status, said) => {
  const answer = await local.own("POST", "/bindings", { ...device(), ...changes });
  expect(answer.status).toBe(status);
  expect((answer.body as { message: string }).message).toContain(said);
});
