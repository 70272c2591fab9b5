import { describe, expect, test } from "@jest/globals";
import { matchOperation, operationAt, operations, products } from "./openapi.ts";

const ws = "WS00000000000000000000000000000001";
const wk = "WK00000000000000000000000000000001";
const ac = "AC00000000000000000000000000000001";

describe("matchOperation", () => {
  test.each<[string, string, string, string | undefined]>([
    ["GET", "taskrouter.twilio.com", "/v1/Workspaces", "ListWorkspace"],
    ["post", "taskrouter.twilio.com", "/v1/Workspaces", "CreateWorkspace"],
    ["GET", "taskrouter.twilio.com", `/v1/Workspaces/${ws}`, "FetchWorkspace"],
    ["GET", "taskrouter.twilio.com", `/v1/Workspaces/${ws}/Workers/${wk}`, "FetchWorker"],
    ["GET", "taskrouter.twilio.com", `/v1/Workspaces/${ws}/Workers/Statistics`, "FetchWorkerStatistics"],
    [
      "GET",
      "taskrouter.twilio.com",
      `/v1/Workspaces/${ws}/Workers/${wk}/Statistics`,
      "FetchWorkerInstanceStatistics",
    ],
    ["POST", "taskrouter.twilio.com", `/v1/Workspaces/${ws}/Workers/Statistics`, undefined],
    ["POST", "studio.twilio.com", "/v2/Flows/Validate", "UpdateFlowValidate"],
    ["POST", "studio.twilio.com", "/v2/Flows/FW1", "UpdateFlow"],
    ["GET", "api.twilio.com", `/2010-04-01/Accounts/${ac}.json`, "FetchAccount"],
    [
      "GET",
      "api.twilio.com",
      `/2010-04-01/Accounts/${ac}/IncomingPhoneNumbers.json`,
      "ListIncomingPhoneNumber",
    ],
    [
      "GET",
      "api.twilio.com",
      `/2010-04-01/Accounts/${ac}/IncomingPhoneNumbers/PN1.json`,
      "FetchIncomingPhoneNumber",
    ],
    [
      "GET",
      "api.twilio.com",
      `/2010-04-01/Accounts/${ac}/IncomingPhoneNumbers/Local.json`,
      "ListIncomingPhoneNumberLocal",
    ],
    ["PUT", "taskrouter.twilio.com", "/v1/Workspaces", undefined],
    ["GET", "taskrouter.twilio.com", "/v1/Workspaces/", undefined],
    ["GET", "taskrouter.twilio.com", "/v1/Workspaces/%", undefined],
    ["GET", "chat.twilio.com", "/v1/Workspaces", undefined],
    ["GET", "video.twilio.com", "/v1/Rooms", undefined],
    ["GET", "taskrouter.ie1.twilio.com", "/v1/Workspaces", "ListWorkspace"],
    ["GET", "TaskRouter.dublin.ie1.twilio.com:80", "/v1/Workspaces", "ListWorkspace"],
    ["GET", "taskrouter.twilio.com.example", "/v1/Workspaces", undefined],
    ["GET", "twilio.com", "/v1/Workspaces", undefined],
  ])("%s %s%s → %s", (method, host, path, operationId) => {
    expect(matchOperation({ method, host, path })?.operation.operationId).toBe(operationId);
  });

  test("path parameters are decoded", () => {
    const found = matchOperation({
      method: "GET",
      host: "chat.twilio.com",
      path: "/v2/Services/IS1/Users/jane%40example.com",
    });
    expect(found?.pathParameters).toEqual({ ServiceSid: "IS1", Sid: "jane@example.com" });
  });
});

describe("operations", () => {
  test.each(products)("%s has operations on one host with distinct ids", (product) => {
    const all = operations(product);
    expect(new Set(all.map(({ host }) => host)).size).toBe(1);
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  });

  test("parameters come with their place, type and need", () => {
    const { parameters, requestType } = operationAt("chat_v2", "POST", "/v2/Services/{ServiceSid}/Roles");
    expect(requestType).toBe("application/x-www-form-urlencoded");
    expect(parameters).toMatchObject([
      { name: "ServiceSid", in: "path", required: true, schema: { pattern: "^IS[0-9a-fA-F]{32}$" } },
      { name: "FriendlyName", in: "form", required: true, schema: { type: "string" } },
      { name: "Type", in: "form", required: true, schema: { enum: ["channel", "deployment"] } },
      {
        name: "Permission",
        in: "form",
        required: true,
        schema: { type: "array", items: { type: "string" } },
      },
    ]);
  });

  test("responses come with resolved schemas by status", () => {
    const { responses } = operationAt("taskrouter_v1", "DELETE", "/v1/Workspaces/{Sid}");
    expect([...responses.entries()]).toEqual([[204, { schema: undefined, examples: {} }]]);
    const list = operationAt("taskrouter_v1", "GET", "/v1/Workspaces").responses.get(200)?.schema;
    expect(list?.properties?.["workspaces"]?.items?.properties?.["prioritize_queue_order"]?.enum).toEqual([
      "FIFO",
      "LIFO",
    ]);
  });

  test("what is not documented is refused", () => {
    expect(() => operationAt("flex_v1", "POST", "/v1/None")).toThrow("flex_v1 documents no POST /v1/None.");
  });
});
