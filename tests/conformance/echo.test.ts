import { describe, expect, test } from "@jest/globals";
import { echoProblems } from "./echo.ts";
import type { Exchange } from "./exchange.ts";
import { operationAt } from "./openapi.ts";
import type { Operation, Product } from "./openapi.ts";

const exchange = (operation: Operation, requestBody: string, responseBody: object): Exchange => ({
  method: operation.method,
  host: operation.host,
  path: operation.path,
  query: "",
  contentType: operation.requestType,
  requestBody,
  status: [...operation.responses.keys()][0] ?? 0,
  responseBody,
});

const problems = (product: Product, path: string, request: string, answer: object): string[] => {
  const operation = operationAt(product, "POST", path);
  return echoProblems(operation, exchange(operation, request, answer)).map(
    ({ at, problem }) => `${at} ${problem}`,
  );
};

const workspaces = "/v1/Workspaces";
const workflows = "/v1/Workspaces/{WorkspaceSid}/Workflows";
const channels = "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}";
const roles = "/v2/Services/{ServiceSid}/Roles";
const chat = "/v2/Services/{Sid}";
const chatChannels = "/v2/Services/{ServiceSid}/Channels";
const flows = "/v2/Flows";

describe("echoProblems", () => {
  test.each<[string, Product, string, string, object]>([
    ["text", "taskrouter_v1", workspaces, "FriendlyName=A+B", { friendly_name: "A B" }],
    ["a boolean", "taskrouter_v1", workspaces, "MultiTaskEnabled=false", { multi_task_enabled: false }],
    [
      "a boolean as Twilio also takes it",
      "taskrouter_v1",
      workspaces,
      "MultiTaskEnabled=yes",
      { multi_task_enabled: true },
    ],
    [
      "a boolean as text",
      "chat_v2",
      "/v2/Credentials",
      "Type=apn&Sandbox=false",
      { type: "apn", sandbox: "False" },
    ],
    ["a number", "taskrouter_v1", workflows, "TaskReservationTimeout=60", { task_reservation_timeout: 60 }],
    [
      "JSON text by meaning",
      "taskrouter_v1",
      workflows,
      'Configuration={"a":%201}',
      { configuration: '{"a":1}' },
    ],
    ["a JSON object", "studio_v2", flows, 'Definition={"states":[]}', { definition: { states: [] } }],
    ["another name", "taskrouter_v1", channels, "Capacity=3", { configured_capacity: 3 }],
    ["a list in any order", "chat_v2", roles, "Permission=a&Permission=b", { permissions: ["b", "a"] }],
    ["a nested value", "chat_v2", chat, "Limits.UserChannels=7", { limits: { user_channels: 7 } }],
    [
      "a date",
      "chat_v2",
      chatChannels,
      "DateCreated=2026-01-02T03:04:05.000Z",
      { date_created: "2026-01-02T03:04:05Z" },
    ],
    [
      "nothing for an empty value",
      "taskrouter_v1",
      workspaces,
      "EventCallbackUrl=",
      { event_callback_url: null },
    ],
    ["nothing for what is not answered", "taskrouter_v1", workspaces, "Template=FIFO", {}],
  ])("%s", (_case, product, path, form, body) => {
    expect(problems(product, path, form, body)).toEqual([]);
  });

  test.each<[string, Product, string, string, object]>([
    [
      "friendly_name does not echo FriendlyName",
      "taskrouter_v1",
      workspaces,
      "FriendlyName=A",
      { friendly_name: "a" },
    ],
    [
      "friendly_name does not echo FriendlyName",
      "taskrouter_v1",
      workspaces,
      "FriendlyName=A",
      { friendly_name: null },
    ],
    [
      "multi_task_enabled does not echo MultiTaskEnabled",
      "taskrouter_v1",
      workspaces,
      "MultiTaskEnabled=true",
      { multi_task_enabled: false },
    ],
    [
      "task_reservation_timeout does not echo TaskReservationTimeout",
      "taskrouter_v1",
      workflows,
      "TaskReservationTimeout=60",
      { task_reservation_timeout: 120 },
    ],
    [
      "configuration does not echo Configuration",
      "taskrouter_v1",
      workflows,
      'Configuration={"a":1}',
      { configuration: '{"a":2}' },
    ],
    [
      "definition does not echo Definition",
      "studio_v2",
      flows,
      'Definition={"states":[]}',
      { definition: null },
    ],
    [
      "configured_capacity does not echo Capacity",
      "taskrouter_v1",
      channels,
      "Capacity=3",
      { configured_capacity: 1 },
    ],
    [
      "permissions does not echo Permission",
      "chat_v2",
      roles,
      "Permission=a&Permission=b",
      { permissions: ["a"] },
    ],
    [
      "limits.user_channels does not echo Limits.UserChannels",
      "chat_v2",
      chat,
      "Limits.UserChannels=7",
      { limits: {} },
    ],
  ])("%s", (problem, product, path, form, body) => {
    expect(problems(product, path, form, body)).toEqual([`body ${problem}`]);
  });
});

describe("a JSON body", () => {
  test.each<[string, string, object, string[]]>([
    ["an equal value", '{"ui_attributes":{"a":[1]}}', { ui_attributes: { a: [1] } }, []],
    ["a cleared value", '{"ui_attributes":null}', { ui_attributes: {} }, []],
    [
      "another value",
      '{"crm_enabled":true}',
      { crm_enabled: false },
      ["body crm_enabled does not echo what was sent"],
    ],
    [
      "a merged value",
      '{"ui_attributes":{"a":1}}',
      { ui_attributes: { a: 1, b: 2 } },
      ["body ui_attributes does not echo what was sent"],
    ],
    ["no JSON", "crm_enabled=true", { crm_enabled: false }, []],
  ])("%s", (_case, request, answer, expected) => {
    expect(problems("flex_v1", "/v1/Configuration", request, answer)).toEqual(expected);
  });
});
