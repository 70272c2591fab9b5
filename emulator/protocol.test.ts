import { beforeAll, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../tests/support/useLocalTwilio.ts";

// Not judged: it sends what no client of Twilio should.
const local = useLocalTwilio({ seed: "empty", judge: false });
const workspaces = "https://taskrouter.twilio.com/v1/Workspaces";
let workspaceSid = "";

beforeAll(async () => {
  workspaceSid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Centre" })).sid;
});

const error = (status: number, code: number, message: string) => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

describe("hosts", () => {
  test.each([
    "taskrouter.twilio.com",
    "TaskRouter.twilio.com:443",
    "taskrouter.us1.twilio.com",
    "taskrouter.dublin.ie1.twilio.com",
  ])("%s is TaskRouter, and answers name the plain host", async (host) => {
    const answer = await local.send("GET", `https://${host}/v1/Workspaces/${workspaceSid}`);
    expect(answer).toMatchObject({ status: 200, body: { url: `${workspaces}/${workspaceSid}` } });
  });

  test.each(["localhost:4100", "taskrouter.example.com", "a.b.c.d.twilio.com", "__proto__.twilio.com"])(
    "%s is none",
    async (host) => {
      const answer = await local.send("GET", `https://${host}/v1/Workspaces`);
      expect(answer).toMatchObject({ status: 404, body: { code: 20404 } });
      expect((answer.body as { message: string }).message).toContain("taskrouter.twilio.com");
    },
  );
});

describe("authentication", () => {
  const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString("base64")}`;
  const sid = "AC10ca1000000000000000000000000000";
  test.each([
    ["none", undefined, "Authentication Error - No credentials provided"],
    ["another scheme", "Bearer x", "Authentication Error - No credentials provided"],
    ["no base64", "Basic ***", "Authentication Error - No credentials provided"],
    ["no colon", basic("x"), "Authentication Error - invalid username"],
    [
      "an unknown account",
      basic(`AC${"0".repeat(32)}:local-twilio`),
      "Authentication Error - invalid username",
    ],
    ["an unknown key", basic(`SK${"0".repeat(32)}:x`), "Authentication Error - invalid username"],
    ["a wrong token", basic(`${sid}:wrong`), "Authenticate"],
    ["an empty token", basic(`${sid}:`), "Authenticate"],
  ])("%s: 401", async (_name, authorization, message) => {
    for (const url of [workspaces, `${workspaces}/nothing/here`, `${workspaces}/${workspaceSid}/Tasks`]) {
      const answer = await local.send("GET", url, { headers: { authorization } });
      expect(answer).toMatchObject(error(401, 20003, message));
      expect(answer.headers["www-authenticate"]).toBe('Basic realm="Twilio API"');
    }
  });
});

describe("operations", () => {
  test.each([
    [
      "GET",
      `${workspaces}/WS1/TaskQueues/WQ1/Nothing`,
      404,
      20404,
      "The requested resource /Workspaces/WS1/TaskQueues/WQ1/Nothing was not found",
    ],
    ["GET", "https://taskrouter.twilio.com/", 404, 20404, "The requested resource / was not found"],
    ["GET", `${workspaces}/`, 404, 20404, "The requested resource /Workspaces/ was not found"],
    [
      "GET",
      "https://taskrouter.twilio.com/v2/Workspaces",
      501,
      20501,
      "The local Twilio does not implement GET /v2/Workspaces of taskrouter.twilio.com, a version that none of Twilio's OpenAPI documents has",
    ],
    ["PUT", workspaces, 405, 20004, "Method not allowed: PUT /v1/Workspaces"],
    ["DELETE", workspaces, 405, 20004, "Method not allowed: DELETE /v1/Workspaces"],
    ["PROPFIND", workspaces, 405, 20004, "Method not allowed: PROPFIND /v1/Workspaces"],
    [
      "GET",
      `${workspaces}/WS1/Statistics`,
      501,
      20501,
      "The local Twilio does not implement FetchWorkspaceStatistics (GET /v1/Workspaces/{WorkspaceSid}/Statistics)",
    ],
    [
      "POST",
      `${workspaces}/WS1/TaskQueues/RealTimeStatistics`,
      501,
      20501,
      "The local Twilio does not implement CreateTaskQueueBulkRealTimeStatistics (POST /v1/Workspaces/{WorkspaceSid}/TaskQueues/RealTimeStatistics)",
    ],
    [
      "POST",
      "https://api.twilio.com/2010-04-01/Accounts.json",
      501,
      20501,
      "The local Twilio does not implement CreateAccount (POST /2010-04-01/Accounts.json)",
    ],
  ])("%s %s: %i", async (method, url, status, code, message) => {
    expect(await local.send(method, url)).toMatchObject(error(status, code, message));
  });

  test("are those of Twilio's documents, and no others", () => {
    const names = local.emulator.operations.map(({ operation }) => operation);
    expect(names.filter((name) => name.includes(" "))).toEqual([]);
  });
});

describe("bodies", () => {
  const create = (options: Parameters<typeof local.send>[2]) => local.send("POST", workspaces, options);
  const missing = error(400, 20001, "Missing required parameter FriendlyName in the post body");

  test.each([
    ["no body", {}, missing],
    ["a parameter without name", { body: "=x" }, missing],
    ["another case", { body: "friendlyname=x" }, missing],
    ["a parameter of Object", { body: "__proto__=x&constructor=y&toString=z" }, missing],
    [
      "NUL",
      { body: "FriendlyName=a%00b" },
      error(400, 20001, '"FriendlyName" contains a NUL character; remove it'),
    ],
    [
      "JSON",
      { body: '{"FriendlyName":"x"}', headers: { "content-type": "application/json" } },
      error(
        415,
        20415,
        'Unsupported content type "application/json"; send application/x-www-form-urlencoded',
      ),
    ],
    [
      "a broken content type",
      { body: "FriendlyName=x", headers: { "content-type": ";;;" } },
      error(415, 20415, "Unsupported content type; it can't be read as one"),
    ],
    [
      "5 MB",
      { body: `FriendlyName=${"x".repeat(5_000_000)}` },
      error(413, 20413, "The request body is larger than 4194304 bytes"),
    ],
  ])("%s", async (_name, options, expected) => expect(await create(options)).toMatchObject(expected));

  test.each([
    [
      "a charset",
      {
        body: "FriendlyName=charset",
        headers: { "content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" },
      },
      "charset",
    ],
    [
      "no content type",
      { body: "FriendlyName=typeless", headers: { "content-type": undefined } },
      "typeless",
    ],
    ["a broken escape", { body: "FriendlyName=50%" }, "50%"],
    ["invalid UTF-8", { body: Buffer.from("FriendlyName=%ff\xff", "latin1") }, "\ufffd\ufffd"],
    ["plus and emoji", { body: "FriendlyName=a+%F0%9F%98%80" }, "a 😀"],
    ["a repeated parameter: the first counts", { body: "FriendlyName=first&FriendlyName=second" }, "first"],
  ])("%s is fine", async (_name, options, friendlyName) => {
    expect(await create(options)).toMatchObject({ status: 201, body: { friendly_name: friendlyName } });
  });

  test("a broken escape in the path is refused", async () => {
    expect(await local.send("GET", `${workspaces}/%E0%A4%A`)).toMatchObject({
      status: 400,
      body: { code: 20001 },
    });
  });
});

describe("paging", () => {
  const base = () => `${workspaces}/${workspaceSid}/TaskQueues`;
  interface Listed {
    task_queues: { friendly_name: string; sid: string }[];
    meta: Record<string, string | number | null>;
  }
  const get = async (url: string): Promise<Listed> => (await local.send("GET", url)).body as Listed;
  const names = (page: Listed): string[] => page.task_queues.map(({ friendly_name }) => friendly_name);

  beforeAll(async () => {
    const { taskQueues } = local.client.taskrouter.v1.workspaces(workspaceSid);
    for (let index = 1; index <= 7; index++) await taskQueues.create({ friendlyName: `q${index}` });
  });

  test("goes forth and back by the addresses in meta", async () => {
    const first = await get(`${base()}?PageSize=3`);
    expect(names(first)).toEqual(["q1", "q2", "q3"]);
    expect(first.meta).toEqual({
      page: 0,
      page_size: 3,
      first_page_url: `${base()}?PageSize=3&Page=0`,
      previous_page_url: null,
      url: `${base()}?PageSize=3&Page=0`,
      next_page_url: expect.stringMatching(/\?PageSize=3&Page=1&PageToken=PAWQ[0-9a-f]{32}$/) as unknown,
      key: "task_queues",
    });
    const second = await get(String(first.meta["next_page_url"]));
    expect(names(second)).toEqual(["q4", "q5", "q6"]);
    expect(second.meta["url"]).toBe(first.meta["next_page_url"]);
    const third = await get(String(second.meta["next_page_url"]));
    expect(names(third)).toEqual(["q7"]);
    expect(third.meta).toMatchObject({ page: 2, next_page_url: null });
    expect(names(await get(String(third.meta["previous_page_url"])))).toEqual(["q4", "q5", "q6"]);
    const back = await get(String(second.meta["previous_page_url"]));
    expect(names(back)).toEqual(["q1", "q2", "q3"]);
    expect(back.meta).toMatchObject({ page: 0, previous_page_url: null });
  });

  test("an exact page has no next one", async () => {
    expect((await get(`${base()}?PageSize=7`)).meta["next_page_url"]).toBeNull();
    expect((await get(`${base()}?PageSize=6`)).meta["next_page_url"]).not.toBeNull();
  });

  test("keeps filters from page to page", async () => {
    const { meta } = await get(`${base()}?PageSize=1&FriendlyName=q%201%2B1`);
    expect(meta["first_page_url"]).toBe(`${base()}?FriendlyName=q+1%2B1&PageSize=1&Page=0`);
  });

  test("goes on where it was when what it showed last is deleted", async () => {
    const doomed = await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Doomed" });
    const { taskQueues } = local.client.taskrouter.v1.workspaces(doomed.sid);
    for (let index = 1; index <= 5; index++) await taskQueues.create({ friendlyName: `d${index}` });
    let page = await get(`${workspaces}/${doomed.sid}/TaskQueues?PageSize=2`);
    const deleted: string[] = [];
    for (;;) {
      for (const { sid, friendly_name } of page.task_queues) {
        await local.client.taskrouter.v1.workspaces(doomed.sid).taskQueues(sid).remove();
        deleted.push(friendly_name);
      }
      const next = page.meta["next_page_url"];
      if (typeof next !== "string") break;
      page = await get(next);
    }
    expect(deleted).toEqual(["d1", "d2", "d3", "d4", "d5"]);
  });

  test("the SDK pages through all, up to a limit", async () => {
    const { taskQueues } = local.client.taskrouter.v1.workspaces(workspaceSid);
    expect(await taskQueues.list({ pageSize: 2 })).toHaveLength(7);
    expect(await taskQueues.list({ pageSize: 2, limit: 5 })).toHaveLength(5);
  });

  test("a too large page is cut down to the largest", async () => {
    expect((await get(`${base()}?PageSize=5000`)).meta["page_size"]).toBe(1000);
  });

  test.each([
    ["Page=1", 40153],
    ["Page=-1", 20001],
    ["Page=x", 20001],
    ["Page=1&PageToken=x", 20001],
    [`Page=1&PageToken=PAWQ${"f".repeat(32)}`, 20001],
    ["PageSize=0", 20001],
    ["PageSize=1e9", 20001],
    ["PageSize=99999999999999999999", 20001],
  ])("refuses %s", async (query, code) => {
    expect(await local.send("GET", `${base()}?${query}`)).toMatchObject({ status: 400, body: { code } });
  });
});

test("every answer has a request ID", async () => {
  const [one, two] = [await local.send("GET", workspaces), await local.send("GET", workspaces)];
  expect(one.headers["twilio-request-id"]).toMatch(/^RQ[0-9a-f]{32}$/);
  expect(one.headers["twilio-request-id"]).not.toBe(two.headers["twilio-request-id"]);
});

test("the local endpoints tell of health and count requests, without credentials", async () => {
  const own = (method: string, path: string) =>
    local.send(method, `https://localhost${path}`, { headers: { authorization: undefined } });
  expect(await own("GET", "/_emulator/health")).toMatchObject({ status: 200, body: { status: "ok" } });
  expect((await own("DELETE", "/_emulator/requests")).status).toBe(204);
  await local.send("GET", workspaces);
  await local.send("GET", `${workspaces}/WS1`);
  const { body } = await own("GET", "/_emulator/requests");
  expect(body).toMatchObject({
    total: 2,
    counts: { "ListWorkspace 200": 1, "FetchWorkspace 404": 1 },
    requests: [
      {
        method: "GET",
        host: "taskrouter.twilio.com",
        path: "/v1/Workspaces",
        operation: "ListWorkspace",
        status: 200,
      },
      { operation: "FetchWorkspace", status: 404 },
    ],
  });
  expect((await own("GET", "/_emulator/requests?limit=0")).body).toMatchObject({ total: 2, requests: [] });
  expect((await own("GET", "/_emulator/requests?limit=1")).body).toMatchObject({
    total: 2,
    requests: [{ operation: "FetchWorkspace" }],
  });
  for (const limit of ["-1", "1.5", "all", ""]) {
    expect(await own("GET", `/_emulator/requests?limit=${limit}`)).toMatchObject(
      error(400, 20001, "limit must be a whole number above 0"),
    );
  }
});

test.each([
  ["GET", "/_emulator"],
  ["GET", "/_emulator/nothing?limit=1"],
  ["POST", "/_emulator/health"],
  ["GET", "/_emulator/journeys/%ff"],
])(
  "the local Twilio says of %s %s that it has no such endpoint, and counts it as no request",
  async (method, path) => {
    await local.own("DELETE", "/requests");
    const { status, body } = await local.send(method, `https://localhost${path}`);
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 20404 } });
    expect((body as { message: string }).message).toContain(
      `The local Twilio has no endpoint ${method} ${path};`,
    );
    expect((await local.own("GET", "/requests")).body).toMatchObject({ total: 0 });
  },
);
