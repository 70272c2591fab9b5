import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ConnectionError } from "../engine/errors.ts";
import { FakeServer, type Reply } from "../testing/fakeServer.ts";
import { type SdkRequest, Transport, type TransportOptions } from "./transport.ts";

let server: FakeServer;
let cancel: AbortController;
let waits: number[];
const transports: Transport[] = [];

beforeEach(async () => {
  server = await new FakeServer().start();
  cancel = new AbortController();
  waits = [];
});
afterEach(async () => {
  transports.splice(0).forEach((transport) => transport.close());
  await server.stop();
});

function transport(options: Partial<TransportOptions> = {}): Transport {
  const made = new Transport({
    endpoint: server.url,
    maxConcurrency: 10,
    maxRetries: 3,
    signal: cancel.signal,
    random: () => 1,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    ...options,
  });
  transports.push(made);
  return made;
}

const get: SdkRequest = { method: "get", uri: "https://taskrouter.twilio.com/v1/Workspaces" };
const post: SdkRequest = { ...get, method: "post", data: { FriendlyName: "one" } };

/** Answers in turn, the last one from then on. */
const inTurn = (...replies: Reply[]) => {
  server.reply = () => (replies.length > 1 ? replies.shift()! : replies[0]!);
};

describe("a request", () => {
  test("goes to the endpoint with the host, path and credentials it is meant for", async () => {
    await transport().resending.request({
      ...get,
      username: "AC1",
      password: "secret",
      params: { PageSize: 50, Page: undefined },
    });
    expect(server.received).toMatchObject([
      {
        method: "GET",
        path: "/v1/Workspaces?PageSize=50",
        headers: {
          host: "taskrouter.twilio.com",
          authorization: `Basic ${Buffer.from("AC1:secret").toString("base64")}`,
        },
      },
    ]);
  });

  test("goes below the path of an endpoint", async () => {
    await transport({ endpoint: new URL("/proxy/", server.url) }).resending.request(get);
    expect(server.received[0]!.path).toBe("/proxy/v1/Workspaces");
  });

  test("follows a page link to the endpoint itself", async () => {
    await transport().resending.request({ ...get, uri: new URL("/v1/Workspaces?Page=1", server.url).href });
    expect(server.received[0]!.path).toBe("/v1/Workspaces?Page=1");
  });

  test("goes nowhere but to Twilio", async () => {
    const elsewhere = {
      ...get,
      uri: "https://twilio.com.example.com/v1",
      username: "AC1",
      password: "secret",
    };
    await expect(transport().resending.request(elsewhere)).rejects.toThrow(
      "https://twilio.com.example.com is no host of Twilio's; the request was not sent",
    );
    expect(server.received).toEqual([]);
  });

  test("has a form: lists repeat their name, null is empty, undefined is left out", async () => {
    const data = { Name: "a b&c", Permission: ["x", "y"], Url: null, Gone: undefined, On: false };
    await transport().once.request({ ...post, data });
    expect(server.received[0]!.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(server.received[0]!.body).toBe("Name=a+b%26c&Permission=x&Permission=y&Url=&On=false");
  });

  test("has a JSON body where the SDK says so", async () => {
    await transport().resending.request({ ...post, headers: { "Content-Type": "application/json" } });
    expect(server.received[0]!.headers["content-type"]).toBe("application/json");
    expect(server.received[0]!.body).toBe('{"FriendlyName":"one"}');
  });

  test("shares kept connections, and at most so many are open at once", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    server.gate = promise;
    const both = transport({ maxConcurrency: 2 });
    const requests = Array.from({ length: 6 }, () => both.resending.request(get));
    while (server.open < 2) await new Promise((next) => setImmediate(next));
    resolve();
    await Promise.all(requests);
    expect(server.mostOpen).toBe(2);
    expect(server.connections).toBe(2);
    expect(both.requests).toBe(6);
  });
});

describe("is sent again", () => {
  const busy: Reply = { status: 429 };
  const cases: [string, "resending" | "once", Reply, number[]][] = [
    ["after 429, backing off", "resending", busy, [500]],
    [
      "after 429, as long as Twilio asks",
      "resending",
      { status: 429, headers: { "Retry-After": "7" } },
      [7000],
    ],
    ["after 429, also a create", "once", busy, [500]],
    ["after 500", "resending", { status: 500 }, [500]],
    ["after 503", "resending", { status: 503 }, [500]],
    ["after a broken connection", "resending", "drop", [500]],
  ];
  for (const [name, client, reply, expected] of cases) {
    test(name, async () => {
      inTurn(reply, { status: 200, body: { ok: true } });
      const answer = await transport()[client].request(post);
      expect(answer).toMatchObject({ statusCode: 200, body: '{"ok":true}' });
      expect(server.received).toHaveLength(2);
      expect(waits).toEqual(expected);
    });
  }

  test("only so often, each time after a longer wait", async () => {
    inTurn(busy);
    await expect(transport().resending.request(get)).resolves.toMatchObject({ statusCode: 429 });
    expect(server.received).toHaveLength(4);
    expect(waits).toEqual([500, 1000, 2000]);
  });

  test("until the moment a date names, by the server's clock", async () => {
    const headers = { Date: "Thu, 01 Jan 2026 00:00:00 GMT", "Retry-After": "Thu, 01 Jan 2026 00:00:04 GMT" };
    inTurn({ status: 429, headers }, { status: 200 });
    await transport({ now: () => 0 }).resending.request(get);
    expect(waits).toEqual([4000]);
  });
});

describe("is not sent again", () => {
  const cases: [string, "resending" | "once", Reply, number][] = [
    ["a refusal", "resending", { status: 400 }, 400],
    ["what the server does not have", "resending", { status: 501 }, 501],
    ["what the server has no room for", "resending", { status: 507 }, 507],
    ["a create after 500", "once", { status: 500 }, 500],
    [
      "what is to wait for longer than anyone would",
      "resending",
      { status: 429, headers: { "Retry-After": "9000" } },
      429,
    ],
  ];
  for (const [name, client, reply, status] of cases) {
    test(name, async () => {
      inTurn(reply);
      await expect(transport()[client].request(post)).resolves.toMatchObject({ statusCode: status });
      expect(server.received).toHaveLength(1);
    });
  }

  test("a create whose answer was lost", async () => {
    inTurn("drop");
    const error = await transport()
      .once.request(post)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).sent).toBe(true);
    expect(server.received).toHaveLength(1);
  });

  test("a create that was not answered in time", async () => {
    inTurn("silence");
    await expect(transport({ timeout: 20 }).once.request(post)).rejects.toMatchObject({
      code: "TIMEOUT",
      sent: true,
    });
    expect(server.received).toHaveLength(1);
  });
});

describe("where nothing listens", () => {
  /** An endpoint that refuses connections. */
  async function closed(): Promise<URL> {
    const other = await new FakeServer().start();
    const { url } = other;
    await other.stop();
    return url;
  }

  test("even a create is tried again, but not for long", async () => {
    const one = transport({ endpoint: await closed(), maxRetries: 12 });
    await expect(one.once.request(post)).rejects.toMatchObject({ code: "ECONNREFUSED", sent: false });
    expect(waits).toEqual([500, 1000]);
  });

  test("what was there before is waited for", async () => {
    const one = transport({ maxRetries: 5 });
    await one.resending.request(get);
    await server.stop();
    await expect(one.resending.request(get)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000]);
  });
});

describe("cancellation", () => {
  test("stops a wait", async () => {
    inTurn({ status: 429, headers: { "Retry-After": "60" } });
    const waiting = Promise.withResolvers<void>();
    const sleep: TransportOptions["sleep"] = (_milliseconds, signal) => {
      waiting.resolve();
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    };
    const request = transport({ sleep }).resending.request(get);
    await waiting.promise;
    cancel.abort(new Error("cancelled"));
    await expect(request).rejects.toThrow("cancelled");
  });

  test("stops a read that is under way", async () => {
    inTurn("silence");
    const request = transport().resending.request(get);
    while (server.received.length === 0) await new Promise((next) => setImmediate(next));
    cancel.abort(new Error("cancelled"));
    await expect(request).rejects.toThrow("cancelled");
  });

  test("lets a create that is under way finish", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    server.gate = promise;
    const request = transport().once.request(post);
    while (server.received.length === 0) await new Promise((next) => setImmediate(next));
    cancel.abort(new Error("cancelled"));
    resolve();
    await expect(request).resolves.toMatchObject({ statusCode: 200 });
  });

  test("gives up a create that does not finish", async () => {
    inTurn("silence");
    const request = transport({ grace: 10 }).once.request(post);
    while (server.received.length === 0) await new Promise((next) => setImmediate(next));
    cancel.abort(new Error("cancelled"));
    await expect(request).rejects.toThrow("cancelled");
  });

  test("starts nothing new", async () => {
    cancel.abort(new Error("cancelled"));
    await expect(transport().once.request(post)).rejects.toThrow("cancelled");
    expect(server.received).toEqual([]);
  });
});

test("tells every exchange without credentials", async () => {
  const lines: string[] = [];
  inTurn("drop", { status: 404 });
  const one = transport({ now: () => 0, onExchange: (line) => lines.push(line) });
  await one.resending.request({ ...get, username: "AC1", password: "secret" });
  expect(lines).toEqual([
    "GET https://taskrouter.twilio.com/v1/Workspaces failed: socket hang up, 0 ms",
    "GET https://taskrouter.twilio.com/v1/Workspaces 404, 0 ms",
  ]);
});

test("knows the server's time", async () => {
  inTurn({ status: 200, headers: { Date: "Thu, 01 Jan 2026 00:00:00 GMT" } });
  const one = transport({ now: () => 1000 });
  expect(one.serverTime()).toBe(1000);
  await one.resending.request(get);
  expect(new Date(one.serverTime()).toISOString()).toBe("2026-01-01T00:00:00.000Z");
});
