import { afterEach, describe, expect, test } from "@jest/globals";
import { request } from "node:http";
import { exchange } from "../../tests/support/localTwilio.ts";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio();
const at = () => new URL(local.emulator.url);
const get = (path: string, headers: Record<string, string> = {}) =>
  exchange(at(), "GET", path, { host: at().host, ...headers });

describe("GET /", () => {
  test("is the page for a browser, which may run nothing but the page's own", async () => {
    const { status, headers, body } = await get("/", { accept: "text/html,*/*" });
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers).toMatchObject({
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        "trusted-types lit-html",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
    expect(body).toContain('src="/_emulator/page/page.js"');
  });

  test.each([
    ["a program", { accept: "application/json" }, 404, 20404],
    ["a Twilio host", { accept: "text/html", host: "taskrouter.twilio.com" }, 401, 20003],
    ["a name that was made to lead here", { accept: "text/html", host: "evil.example" }, 404, 20404],
  ])("is the refusal that it was for %s", async (_who, headers, ...refusal) => {
    const { status, body } = await get("/", headers);
    expect([status, (JSON.parse(body) as { code: number }).code]).toEqual(refusal);
  });

  test.each(["page.css", "picture.svg", "page.js"])("has %s", async (file) => {
    const { status, headers } = await get(`/_emulator/page/${file}`);
    expect([status, headers["x-content-type-options"]]).toEqual([200, "nosniff"]);
  });

  test.each(["made-from.sha256", "..%2f..%2fpackage.json", "constructor"])("has no %s", async (file) => {
    expect((await get(`/_emulator/page/${file}`)).status).toBe(404);
  });
});

test.each([
  "/_emulator/health",
  "/_emulator/api/chat.twilio.com/v2/Services",
  "/_emulator/events",
  "/_emulator",
])("%s is no other page's", async (path) => {
  const { status, body } = await get(path, { origin: "http://evil.example" });
  expect([status, JSON.parse(body)]).toMatchObject([403, { code: 20403, status: 403 }]);
});

describe("the gateway", () => {
  const gateway = (method: string, path: string, headers: Record<string, string> = {}, body = "") =>
    exchange(at(), method, `/_emulator/api/${path}`, { host: at().host, ...headers }, body);

  test("asks the public API as the account, and keeps its secrets", async () => {
    const { status, body } = await gateway("GET", "api.twilio.com/2010-04-01/Accounts.json");
    expect([status, JSON.parse(body)]).toMatchObject([
      200,
      { accounts: [{ sid: local.emulator.accountSid, auth_token: null }] },
    ]);
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const { sid } = (await local.client.api.v2010.accounts.list())[0] ?? {};
    const key = await gateway(
      "POST",
      `api.twilio.com/2010-04-01/Accounts/${sid}/Keys.json`,
      type,
      "FriendlyName=x",
    );
    expect([key.status, JSON.parse(key.body)]).toMatchObject([201, { friendly_name: "x", secret: null }]);
  });

  test("goes the way of every request: faults, and the log, which says that the page asked", async () => {
    await local.own("POST", "/faults", { host: "chat", times: 1, error: { status: 503 } });
    expect((await gateway("GET", "chat.twilio.com/v2/Services?PageSize=1")).status).toBe(503);
    expect((await gateway("GET", "chat.twilio.com/v2/Services?PageSize=1")).status).toBe(200);
    const { requests } = JSON.parse((await get("/_emulator/requests?limit=1")).body) as {
      requests: object[];
    };
    expect(requests).toMatchObject([
      { host: "chat.twilio.com", path: "/v2/Services", operation: "ListService", status: 200, by: "page" },
    ]);
  });

  test("asks as an agent, whose rights are an agent's", async () => {
    const as = { "x-emulator-as": encodeURIComponent("ann@example.com ✓") };
    const { status, body } = await gateway("GET", "taskrouter.twilio.com/v1/Workspaces", as);
    expect([status, (JSON.parse(body) as { code: number }).code]).toEqual([403, 20403]);
  });

  test.each([
    ["a broken escape", "chat.twilio.com/v2/Services", { "x-emulator-as": "%" }, 400],
    ["a host that is not Twilio's", "example.com/v1/x", {}, 404],
    ["no path", "chat.twilio.com", {}, 404],
  ])("answers %s", async (_what, path, headers, status) => {
    expect((await gateway("GET", path, headers)).status).toBe(status);
  });
});

describe("the stream", () => {
  const open: { destroy(): void }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.destroy();
  });

  /** Listens to the stream, and waits for texts in it. */
  function stream(headers: Record<string, string> = {}) {
    let text = "";
    let look = (): void => undefined;
    const { hostname, port } = at();
    const asked = request({
      hostname,
      port,
      path: "/_emulator/events",
      headers: { host: at().host, ...headers },
    });
    asked.on("response", (response) => {
      response.setEncoding("utf8");
      response.on("error", () => undefined);
      response.on("data", (chunk: string) => {
        text += chunk;
        look();
      });
    });
    asked.on("error", () => undefined);
    asked.end();
    open.push(asked);
    return {
      all: () => text,
      close: () => asked.destroy(),
      until: (wanted: string) =>
        new Promise<string>((resolve) => {
          look = () => text.includes(wanted) && resolve(text);
          look();
        }),
    };
  }

  test("tells what is written once it is durable, and what was missed to whoever comes back", async () => {
    const first = stream();
    await first.until("event: hello");
    const { services } = local.client.chat.v2;
    const { sid } = await services.create({ friendlyName: "Told" });
    const told = await first.until(sid);
    const event = JSON.parse(/data: (\{"now":[^\n]*"events":[^\n]*)/.exec(told)?.[1] ?? "{}") as {
      events: { sid: string }[];
    };
    expect(event.events.find((one) => one.sid === sid)).toMatchObject({
      kind: "chat.Service",
      what: "created",
    });
    const lastId = [...told.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? "";
    first.close();

    await services(sid).update({ friendlyName: "Told again" });
    const again = stream({ "last-event-id": lastId });
    const missed = await again.until(sid);
    expect(missed).toContain('"isComplete":true');
    expect(missed).toContain('"what":"updated"');
    expect(missed).not.toContain('"what":"created"');
  });

  test("tells nothing of what was undone", async () => {
    const listening = stream();
    await listening.until("event: hello");
    const { services } = local.client.chat.v2;
    const { sid } = await services.create({ friendlyName: "Once" });
    const users = services(sid).users;
    await users.create({ identity: "ann" });
    await expect(users.create({ identity: "ann" })).rejects.toMatchObject({ status: 409 });
    const { sid: after } = await users.create({ identity: "bob" });
    const told = await listening.until(after);
    expect([...told.matchAll(/"kind":"chat.User","sid":"(US\w+)"/g)].length).toBe(2);
  });
});
