import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const credentials = () => local.client.chat.v2.credentials;
const apple = { type: "apn", certificate: "certificate", privateKey: "very private" } as const;

test.each([
  ["apn", { ...apple, friendlyName: "Apple" }, "False"],
  ["apn, for tests", { ...apple, sandbox: true }, "True"],
  ["fcm", { type: "fcm", secret: "very secret" }, null],
  ["gcm", { type: "gcm", apiKey: "very secret" }, null],
] as const)("a credential for %s never tells its secrets", async (_what, given, sandbox) => {
  const created = await credentials().create(given);
  expect(created).toMatchObject({ type: given.type, sandbox });
  const { body } = await local.send("GET", `https://chat.twilio.com/v2/Credentials/${created.sid}`);
  expect(JSON.stringify(body)).not.toContain("very");
});

test.each([
  ["apn", { PrivateKey: "key" }, "Certificate"],
  ["apn", { Certificate: "certificate" }, "PrivateKey"],
  ["fcm", { ApiKey: "key" }, "Secret"],
  ["gcm", { Secret: "key" }, "ApiKey"],
])("a credential for %s with only %o lacks %s", async (type, given, missing) => {
  const form = { Type: type, ...given };
  expect(await local.send("POST", "https://chat.twilio.com/v2/Credentials", { form })).toMatchObject({
    status: 400,
    body: { code: 20001, message: `Missing required parameter ${missing} in the post body` },
  });
});

test("a credential keeps its type, and what an update does not name", async () => {
  const { sid } = await credentials().create({ ...apple, friendlyName: "Apple", sandbox: true });
  expect(await credentials()(sid).update({ friendlyName: "Apple's" })).toMatchObject({
    type: "apn",
    friendlyName: "Apple's",
    sandbox: "True",
  });
  await expect(credentials()(sid).update()).rejects.toMatchObject({ code: 20161 });
  await credentials()(sid).remove();
  await expect(credentials()(sid).fetch()).rejects.toMatchObject({ status: 404 });
});
