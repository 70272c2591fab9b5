import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ judge: false });
const services = "https://chat.twilio.com/v2/Services";
const numbers = "https://api.twilio.com/2010-04-01/Accounts";

beforeEach(async () => {
  await local.own("DELETE", "/requests");
});

const requests = async (query = "") =>
  ((await local.own("GET", `/requests${query}`)).body as { requests: Record<string, unknown>[] }).requests;

test("lists the requests that are wanted", async () => {
  await local.send("GET", `${services}?PageSize=2`);
  await local.send("POST", services, { form: { FriendlyName: "One" } });
  await local.send("GET", "https://taskrouter.twilio.com/v1/Nothing");
  const operations = async (query: string) =>
    (await requests(query)).map(({ operation, path }) => operation ?? path);
  expect(await operations("")).toEqual(["ListService", "CreateService", "/v1/Nothing"]);
  expect(await operations("?method=post")).toEqual(["CreateService"]);
  expect(await operations("?host=taskrouter")).toEqual(["/v1/Nothing"]);
  expect(await operations("?path=services&status=2xx")).toEqual(["ListService", "CreateService"]);
  expect(await operations("?status=404")).toEqual(["/v1/Nothing"]);
  expect(await operations("?operation=list&limit=1")).toEqual(["ListService"]);
  expect(await operations("?method=&host=&path=&status=&operation=&before=")).toHaveLength(3);
  const [first] = await requests("?limit=2");
  expect(await operations(`?before=${String(first?.["id"])}`)).toEqual(["ListService"]);
  expect((await requests("?operation=list"))[0]).toMatchObject({ query: "PageSize=2", status: 200 });
});

test("keeps what the page reads apart from what programs and people do", async () => {
  await local.send("GET", services);
  for (let index = 0; index < 60; index++) await local.own("GET", "/api/chat.twilio.com/v2/Services");
  await local.own("POST", "/api/chat.twilio.com/v2/Services", {});
  expect(await requests()).toHaveLength(52);
  expect((await requests("?by=programs")).map(({ operation }) => operation)).toEqual(["ListService"]);
  expect(await requests("?by=page")).toHaveLength(51);
  const [read] = await requests("?by=page&method=GET&limit=1");
  expect((await local.own("GET", `/requests/${String(read?.["id"])}`)).body).toMatchObject({
    request: null,
    answer: null,
    curl: null,
    curl_note: "Its body is not kept.",
  });
  expect((await local.own("GET", "/requests?limit=0")).body).toMatchObject({ total: 62 });
});

test.each([
  "?status=abc",
  "?status=4x",
  "?status=600",
  "?status=-1",
  "?by=me",
  "?before=x",
  "?before=-1",
  "?before=1e9",
  "?limit=1.5",
])("refuses %s", async (query) => {
  expect((await local.own("GET", `/requests${query}`)).status).toBe(400);
});

test.each(["0", "-1", "999999", "1e3", "x", "%00", "9".repeat(40)])("has no request %s", async (id) => {
  expect((await local.own("GET", `/requests/${id}`)).status).toBe(404);
});

test("shows a request with its bodies, without credentials in any of them", async () => {
  const { accountSid, authToken } = local.emulator;
  await local.send("POST", `${numbers}/${accountSid}/Keys.json`, {
    form: { FriendlyName: `it is ${authToken}` },
  });
  await local.send("GET", `${numbers}/${accountSid}.json?Token=abc&PageToken=PA1`);
  await local.send("POST", services, {
    form: { FriendlyName: "Hooked", PreWebhookUrl: "https://me:pw@handler.example/x?a=1" },
  });
  const shown = await Promise.all(
    (await requests()).map(async ({ id }) => (await local.own("GET", `/requests/${String(id)}`)).body),
  );
  const [key, account, service] = shown as Record<string, { text: string }>[];
  expect(key?.["request"]).toEqual({
    text: "FriendlyName=it%20is%20%5Bsecret%5D",
    length: 31,
    is_cut: false,
  });
  expect(JSON.parse(key?.["answer"]?.text ?? "")).toMatchObject({
    friendly_name: "it is [secret]",
    secret: "[secret]",
  });
  expect(account).toMatchObject({ query: "Token=%5Bsecret%5D&PageToken=PA1" });
  expect(JSON.parse(account?.["answer"]?.text ?? "")).toMatchObject({ auth_token: "[secret]" });
  expect(service?.["request"]?.text).toBe(
    "FriendlyName=Hooked&PreWebhookUrl=https%3A%2F%2F***%40handler.example%2Fx%3Fa%3D1",
  );
  expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${authToken}|me:pw|Token=abc`));
  expect(JSON.stringify(await requests())).not.toContain("Token=abc");
});

test("says how long a body was of which it keeps the beginning", async () => {
  await local.send("POST", services, { form: { FriendlyName: "x".repeat(80_000) } });
  const [{ id } = {}] = await requests();
  const { body } = await local.own("GET", `/requests/${String(id)}`);
  expect(body).toMatchObject({
    content_type: "application/x-www-form-urlencoded",
    request: { text: `FriendlyName=${"x".repeat(65_536 - 13)}`, length: 80_013, is_cut: true },
  });
});
