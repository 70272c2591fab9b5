import { describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const url = "https://flex-api.twilio.com/v1/Configuration";
const json = { "content-type": "application/json" };

describe("of an account without Flex", () => {
  const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
  const post = (body: unknown) => local.send("POST", url, { body: JSON.stringify(body), headers: json });

  test("is not found until it is first set; then what was not set is null", async () => {
    expect(await local.send("GET", url)).toMatchObject({ status: 404, body: { code: 20404 } });
    const { status, body } = await post({ account_sid: local.emulator.accountSid, ui_language: "en" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      account_sid: local.emulator.accountSid,
      status: "ok",
      ui_language: "en",
      taskrouter_workspace_sid: null,
      attributes: null,
      plugin_service_enabled: null,
      flex_instance_sid: expect.stringMatching(/^GO[0-9a-f]{32}$/),
      date_created: "2026-01-02T03:04:05Z",
      url,
    });
    expect((await local.send("GET", url)).body).toEqual(body);
  });
});

describe("of a Flex account", () => {
  const local = useLocalTwilio();
  const post = (body: unknown) => local.send("POST", url, { body: JSON.stringify(body), headers: json });
  const account = () => ({ account_sid: local.emulator.accountSid });

  test("an update sets what it names, objects as a whole, and leaves the rest", async () => {
    await post({ ...account(), attributes: { a: 1, b: { c: 2 } }, ui_attributes: { theme: "dark" } });
    const before = (await local.send("GET", url)).body as object;
    const { body } = await post({ ...account(), attributes: { b: {} } });
    expect(body).toMatchObject({ ...before, attributes: { b: {} } });
    expect((body as { attributes: object }).attributes).toEqual({ b: {} });
  });

  test("null clears", async () => {
    await post({ ...account(), crm_callback_url: "https://example.com/crm" });
    expect((await post({ ...account(), crm_callback_url: null })).body).toMatchObject({
      crm_callback_url: null,
    });
  });

  test("what was fetched can be sent back, and changes nothing but the date", async () => {
    const { date_updated: _before, ...fetched } = (await local.send("GET", url)).body as Record<
      string,
      unknown
    >;
    const { date_updated: _after, ...sentBack } = (await post(fetched)).body as Record<string, unknown>;
    expect(sentBack).toEqual(fetched);
  });

  test.each<[unknown, number, number, string]>([
    [{ ui_language: "en" }, 400, 20001, "Missing required property account_sid in the body"],
    [[], 400, 20001, "The body must be a JSON object"],
    [{ account_sid: `AC${"9".repeat(32)}` }, 403, 20403, "account_sid must be the account of the request"],
    [{ attributes: "x" }, 400, 20001, "attributes must be an object"],
    [{ taskrouter_skills: {} }, 400, 20001, "taskrouter_skills must be a list"],
    [
      { taskrouter_workspace_sid: "WS1" },
      400,
      20001,
      "taskrouter_workspace_sid must be a SID that starts with WS",
    ],
    [
      { serverless_service_sids: ["ZS1"] },
      400,
      20001,
      "serverless_service_sids must be a list of SIDs that start with ZS",
    ],
    [{ plugin_service_enabled: "yes" }, 400, 20001, "plugin_service_enabled must be true or false"],
    [{ ui_version: 1 }, 400, 20001, "ui_version must be text"],
  ])("refuses %j", async (given, status, code, message) => {
    const isAboutAccount = Array.isArray(given) || /account_sid/.test(message);
    const body = isAboutAccount ? given : { ...account(), ...(given as object) };
    expect(await post(body)).toMatchObject({
      status,
      body: { code, message: expect.stringContaining(message) },
    });
  });

  test.each([
    ["{", 400, "The body is not valid JSON"],
    [
      `{"attributes":${'{"a":'.repeat(300)}1${"}".repeat(300)}}`,
      400,
      "The body is nested more than 200 levels deep",
    ],
    ["", 400, "The body must be a JSON object"],
  ])("refuses a body that is not to be read: %#", async (body, status, message) => {
    expect(await local.send("POST", url, { body, headers: json })).toMatchObject({
      status,
      body: { message: expect.stringContaining(message) },
    });
  });

  test("takes JSON only", async () => {
    expect(await local.send("POST", url, { form: { account_sid: local.emulator.accountSid } })).toMatchObject(
      {
        status: 415,
      },
    );
  });
});
