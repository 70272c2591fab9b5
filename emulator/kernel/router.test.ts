import { expect, test } from "@jest/globals";
import { Router } from "./router.ts";

const router = new Router<string>();
for (const [method, template] of [
  ["GET", "/v1/Workspaces"],
  ["GET", "/v1/Workspaces/{Sid}"],
  ["POST", "/v1/Workspaces/{Sid}"],
  ["GET", "/v1/Workspaces/{WorkspaceSid}/Workers/Statistics"],
  ["GET", "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}"],
  ["GET", "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels"],
  ["GET", "/2010-04-01/Accounts/{Sid}.json"],
  ["GET", "/2010-04-01/Accounts/{AccountSid}/Keys.json"],
  ["GET", "/2010-04-01/Accounts/{AccountSid}/Numbers/Local.json"],
  ["GET", "/2010-04-01/Accounts/{AccountSid}/Numbers/{Sid}.json"],
] as const) {
  router.add(method, template, `${method} ${template}`);
}

test.each([
  ["/v1/Workspaces", "/v1/Workspaces", {}],
  ["/v1/Workspaces/WS1", "/v1/Workspaces/{Sid}", { Sid: "WS1" }],
  [
    "/v1/Workspaces/WS1/Workers/Statistics",
    "/v1/Workspaces/{WorkspaceSid}/Workers/Statistics",
    { WorkspaceSid: "WS1" },
  ],
  [
    "/v1/Workspaces/WS1/Workers/WK1",
    "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}",
    { WorkspaceSid: "WS1", Sid: "WK1" },
  ],
  [
    "/v1/Workspaces/WS1/Workers/Statistics/Channels",
    "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
    { WorkspaceSid: "WS1", WorkerSid: "Statistics" },
  ],
  ["/2010-04-01/Accounts/AC1.json", "/2010-04-01/Accounts/{Sid}.json", { Sid: "AC1" }],
  [
    "/2010-04-01/Accounts/AC1/Keys.json",
    "/2010-04-01/Accounts/{AccountSid}/Keys.json",
    { AccountSid: "AC1" },
  ],
  [
    "/2010-04-01/Accounts/AC1/Numbers/Local.json",
    "/2010-04-01/Accounts/{AccountSid}/Numbers/Local.json",
    { AccountSid: "AC1" },
  ],
  [
    "/2010-04-01/Accounts/AC1/Numbers/PN1.json",
    "/2010-04-01/Accounts/{AccountSid}/Numbers/{Sid}.json",
    { AccountSid: "AC1", Sid: "PN1" },
  ],
  ["/v1/Workspaces/a%20b%2Fc", "/v1/Workspaces/{Sid}", { Sid: "a b/c" }],
])("%s", (path, template, parameters) => {
  const match = router.match(path);
  expect(match?.template).toBe(template);
  expect(match?.parameters()).toEqual(parameters);
});

test.each([
  "",
  "/",
  "/v1",
  "/v1/Workspaces/",
  "/v1/workspaces",
  "//v1/Workspaces",
  "/2010-04-01/Accounts/.json",
  "/v1/__proto__",
])("%s leads nowhere", (path) => expect(router.match(path)).toBeUndefined());

test("keeps a value per method", () => {
  expect([...(router.match("/v1/Workspaces/WS1")?.methods.keys() ?? [])]).toEqual(["GET", "POST"]);
  expect(() => router.add("GET", "/v1/Workspaces/{Other}", "again")).toThrow(
    "GET /v1/Workspaces/{Other} is declared twice",
  );
});

test("a broken percent escape is the sender's fault", () => {
  expect(() => router.match("/v1/Workspaces/%zz")?.parameters()).toThrow("broken percent escape");
});

test("lists every entry", () => {
  expect(router.entries()).toHaveLength(10);
});
