import { expect, test } from "@jest/globals";
import { LocalHttpClient, localTwilio } from "../../../tests/support/localTwilio.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const accounts = () => local.client.api.v2010.accounts;

test("is fetched, listed and renamed", async () => {
  const { accountSid, authToken } = local.emulator;
  expect(await accounts()(accountSid).fetch()).toMatchObject({
    sid: accountSid,
    ownerAccountSid: accountSid,
    friendlyName: "Local account",
    status: "active",
    type: "Full",
    authToken,
    uri: `/2010-04-01/Accounts/${accountSid}.json`,
  });
  expect((await accounts()(accountSid).update({ friendlyName: "Ours" })).friendlyName).toBe("Ours");
  expect((await accounts().list()).map(({ friendlyName }) => friendlyName)).toEqual(["Ours"]);
  expect(await accounts().list({ status: "closed" })).toEqual([]);
});

test("another account's resources are not found", async () => {
  const other = `AC${"0".repeat(32)}`;
  const missing = { status: 404, code: 20404 };
  await expect(accounts()(other).fetch()).rejects.toMatchObject(missing);
  await expect(accounts()(other).incomingPhoneNumbers.list()).rejects.toMatchObject(missing);
});

test("an API key stands in for the auth token until it is deleted; its secret is told once", async () => {
  const created = await local.client.newKeys.create({ friendlyName: "CI" });
  expect(created).toMatchObject({
    friendlyName: "CI",
    sid: expect.stringMatching(/^SK[0-9a-f]{32}$/) as unknown,
  });
  expect(created.secret).toMatch(/^[0-9a-f]{32}$/);
  const [listed] = await local.client.keys.list();
  expect(listed?.toJSON()).not.toHaveProperty("secret");
  expect(listed).toMatchObject({ sid: created.sid, friendlyName: "CI" });

  const withKey = (secret: string) => {
    const { emulator } = local;
    const client = localTwilio(emulator, new LocalHttpClient(emulator.url), { sid: created.sid, secret });
    return client.taskrouter.v1.workspaces.list();
  };
  expect(await withKey(created.secret)).toEqual([]);
  await expect(withKey("wrong")).rejects.toMatchObject({ status: 401, code: 20003 });
  expect((await local.client.keys(created.sid).update({ friendlyName: "Renamed" })).friendlyName).toBe(
    "Renamed",
  );
  expect(await local.client.keys(created.sid).remove()).toBe(true);
  await expect(withKey(created.secret)).rejects.toMatchObject({
    status: 401,
    code: 20003,
    message: "Authentication Error - invalid username",
  });
});
