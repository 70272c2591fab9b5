import { afterEach, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../tests/support/useLocalTwilio.ts";
import type { Fault, Incoming } from "./index.ts";

let fault: (request: Incoming) => Fault | undefined = () => undefined;
const local = useLocalTwilio({
  seed: "empty",
  clock: () => Date.UTC(2024, 0, 1),
  fault: (request) => fault(request),
});
const workspaces = () => local.client.taskrouter.v1.workspaces;

afterEach(() => {
  fault = () => undefined;
});

test("a planned error is answered instead of the request", async () => {
  fault = ({ method }) =>
    method === "POST" ? { status: 429, code: 20429, message: "Too Many Requests", retryAfter: 2 } : undefined;
  const url = "https://taskrouter.twilio.com/v1/Workspaces";
  const answer = await local.send("POST", url, { form: { FriendlyName: "Limited" } });
  expect(answer).toMatchObject({
    status: 429,
    body: { code: 20429, message: "Too Many Requests", status: 429 },
  });
  expect(answer.headers["retry-after"]).toBe("2");
  expect(await workspaces().list()).toEqual([]);
});

test("a connection dropped before the request was handled leaves nothing behind", async () => {
  fault = () => ({ drop: "before" });
  await expect(workspaces().create({ friendlyName: "Before" })).rejects.toThrow("socket hang up");
  fault = () => undefined;
  expect(await workspaces().list({ friendlyName: "Before" })).toEqual([]);
});

test("a connection dropped after it leaves what was written", async () => {
  fault = () => ({ drop: "after" });
  await expect(workspaces().create({ friendlyName: "After" })).rejects.toThrow("socket hang up");
  fault = () => undefined;
  expect(await workspaces().list({ friendlyName: "After" })).toHaveLength(1);
});

describe("POST /_emulator/faults", () => {
  const url = "https://taskrouter.twilio.com/v1/Workspaces";
  const set = async (fault: object): Promise<{ id: string }> => {
    const { status, body } = await local.own("POST", "/faults", fault);
    expect(status).toBe(200);
    return body as { id: string };
  };
  const faults = async (): Promise<unknown> =>
    ((await local.own("GET", "/faults")).body as { faults: unknown }).faults;
  const statuses = async (count: number, method = "GET", address = url): Promise<number[]> => {
    const found: number[] = [];
    for (let index = 0; index < count; index++) found.push((await local.send(method, address)).status);
    return found;
  };

  afterEach(async () => {
    expect((await local.own("DELETE", "/faults")).status).toBe(204);
  });

  test("answers a share of the requests with an error: the same ones for the same seed", async () => {
    await set({ probability: 0.3, seed: 7, error: { status: 503 } });
    const first = await statuses(40);
    await local.own("DELETE", "/faults");
    await set({ probability: 0.3, seed: 7, error: { status: 503 } });
    expect(await statuses(40)).toEqual(first);
    await local.own("DELETE", "/faults");
    await set({ probability: 0.3, seed: 8, error: { status: 503 } });
    expect(await statuses(40)).not.toEqual(first);
    const hits = first.filter((status) => status === 503).length;
    expect(hits).toBeGreaterThan(4);
    expect(hits).toBeLessThan(22);
  });

  test("has Twilio's error body, and stops after so many times", async () => {
    const { id } = await set({ times: 2, error: { status: 500, code: 20500, message: "Broken" } });
    expect(await local.send("GET", url)).toMatchObject({
      status: 500,
      body: {
        code: 20500,
        message: "Broken",
        more_info: "https://www.twilio.com/docs/errors/20500",
        status: 500,
      },
    });
    expect(await statuses(3)).toEqual([500, 200, 200]);
    expect(await faults()).toEqual([
      {
        id,
        probability: 1,
        seed: 1,
        times: 2,
        error: { status: 500, code: 20500, message: "Broken" },
        matched: 4,
        hits: 2,
        limited: 0,
      },
    ]);
  });

  test.each([
    [{ host: "taskrouter" }, [503, 200]],
    [{ host: "chat.twilio.com" }, [200, 503]],
    [{ path: "/v1/*" }, [503, 200]],
    [{ path: "/v2/**" }, [200, 503]],
    [{ host: "CHAT.twilio.com" }, [200, 503]],
    [{ host: "chat.us1.twilio.com" }, [200, 200]],
    [{ path: "/v1/Work" }, [200, 200]],
    [{ path: "/v1/Work*s" }, [503, 200]],
    [{ path: "/**/*s*" }, [503, 503]],
    [{ path: "/*" }, [200, 200]],
    [{ method: "POST" }, [200, 200]],
    [{ method: "GET", host: "taskrouter", path: "/v1/Workspaces" }, [503, 200]],
    [{}, [503, 503]],
  ])("hits only what it names: %j", async (scope, expected) => {
    await set({ ...scope, error: { status: 503 } });
    expect([
      ...(await statuses(1, "GET", `${url}?PageSize=1`)),
      ...(await statuses(1, "GET", "https://chat.twilio.com/v2/Services")),
    ]).toEqual(expected);
  });

  test("a rate limit answers 429 with Retry-After until the clock has moved on", async () => {
    await set({ limit: { rate: 2, per: 10, retryAfter: 10 } });
    expect(await statuses(3)).toEqual([200, 200, 429]);
    const limited = await local.send("GET", url);
    expect(limited).toMatchObject({ status: 429, body: { code: 20429, message: "Too Many Requests" } });
    expect(limited.headers["retry-after"]).toBe("10");
    await local.advance(10);
    expect(await statuses(3)).toEqual([200, 200, 429]);
    expect(await faults()).toMatchObject([{ hits: 7, limited: 3 }]);
  });

  test("a concurrency limit answers 429 to those beyond it", async () => {
    await set({ latency: 500, limit: { concurrency: 3, retryAfter: 0 } });
    const all = await Promise.all(Array.from({ length: 8 }, () => local.send("GET", url)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    expect(await statuses(2)).toEqual([200, 200]);
  });

  test("a connection is dropped before or after the write is committed", async () => {
    const create = (friendlyName: string) => workspaces().create({ friendlyName });
    await local.own("DELETE", "/requests");
    await set({ method: "POST", drop: "before", times: 1 });
    await expect(create("Dropped before")).rejects.toThrow("socket hang up");
    await set({ method: "POST", drop: "after", times: 1 });
    await expect(create("Dropped after")).rejects.toThrow("socket hang up");
    const names = (await workspaces().list()).map(({ friendlyName }) => friendlyName);
    expect(names).not.toContain("Dropped before");
    expect(names).toContain("Dropped after");
    await create("Whole");
    // Both came in: who counts requests counts them too, the first as one of which nothing was done.
    expect((await local.own("GET", "/requests")).body).toMatchObject({
      total: 4,
      counts: { "CreateWorkspace 0": 1, "CreateWorkspace 201": 2, "ListWorkspace 200": 1 },
    });
  });

  test("many stars in a path hold nothing up", async () => {
    await set({ path: `/${"*a".repeat(40)}b`, error: { status: 503 } });
    const start = performance.now();
    expect(await statuses(1, "GET", `https://taskrouter.twilio.com/${"a".repeat(60)}`)).toEqual([404]);
    expect(performance.now() - start).toBeLessThan(2_000);
    await set({ path: `/${"*a".repeat(40)}*`, error: { status: 503 } });
    expect(await statuses(1, "GET", `https://taskrouter.twilio.com/${"a".repeat(60)}`)).toEqual([503]);
  });

  test("one is removed by its id", async () => {
    const { id } = await set({ error: { status: 503 } });
    const { id: other } = await set({ host: "chat", error: { status: 500 } });
    expect((await local.own("DELETE", `/faults/${id}`)).status).toBe(204);
    expect(await faults()).toMatchObject([{ id: other }]);
    expect(await local.own("DELETE", `/faults/${id}`)).toMatchObject({
      status: 404,
      body: { code: 20404, message: `There is no fault ${id}` },
    });
  });

  test.each([
    [undefined, /The fault is not valid/],
    [{}, /must have latency, error, drop or limit/],
    [{ error: { status: 200 } }, /status/],
    [{ error: { status: 503 }, drop: "after" }, /can't have both error and drop/],
    [{ latency: -1 }, /latency/],
    [{ latency: 1, probability: 0 }, /probability/],
    [{ latency: 1, path: "v1" }, /path/],
    [{ latency: { min: 50, max: 20 } }, /min must not be more than max/],
    [{ latency: 1, host: "chta" }, /there is no host "chta"; the hosts are .*chat\.twilio\.com/],
    [{ latency: 1, host: "chat.twilio.co" }, /there is no host "chat.twilio.co"/],
    [{ limit: { rate: 1, concurrency: 1 } }, /must be like .*"concurrency".* or .*"rate"/],
    [{ latency: 1, unknown: true }, /unknown/],
  ])("refuses %j", async (fault, message) => {
    expect(await local.own("POST", "/faults", fault)).toMatchObject({
      status: 400,
      body: { code: 20001, message: expect.stringMatching(message) as unknown },
    });
  });

  test("refuses what is no JSON", async () => {
    const headers = { "content-type": "application/json" };
    const answer = await local.send("POST", "https://localhost/_emulator/faults", { body: "{", headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
  });
});
