import { describe, expect, test } from "@jest/globals";
import { requestParameters, responseFields } from "./coverage.ts";
import type { Product } from "./openapi.ts";

/** `Name(cu)`: taken by create and update; `!` after the letter that requires it. */
const summary = (product: Product, path: string): string =>
  requestParameters(product, path)
    .map(
      ({ name, on, requiredOn }) =>
        `${name}(${on.map((operation) => operation[0] + (requiredOn.includes(operation) ? "!" : "")).join("")})`,
    )
    .join(" ");

describe("requestParameters", () => {
  test.each<[string, Product, string, string]>([
    [
      "create and update",
      "taskrouter_v1",
      "/v1/Workspaces/{WorkspaceSid}/TaskChannels",
      "FriendlyName(c!u) UniqueName(c!) ChannelOptimizedRouting(cu)",
    ],
    [
      "a collection whose resources have no create",
      "taskrouter_v1",
      "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
      "Capacity(u) Available(u)",
    ],
    [
      "the same by its own path",
      "taskrouter_v1",
      "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}",
      "Capacity(u) Available(u)",
    ],
    ["no update", "messaging_v1", "/v1/Services/{ServiceSid}/PhoneNumbers", "PhoneNumberSid(c!)"],
    ["a singleton with a JSON body", "flex_v1", "/v1/Configuration", ""],
    ["another name of the last parameter", "studio_v2", "/v2/Flows/{Sid}/Revisions", ""],
  ])("%s", (_case, product, path, expected) => {
    expect(summary(product, path)).toBe(expected);
  });

  test("paths that end in .json", () => {
    const names = requestParameters(
      "api_v2010",
      "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json",
    );
    expect(names.find(({ name }) => name === "AreaCode")?.on).toEqual(["create"]);
    expect(names.find(({ name }) => name === "SmsUrl")?.on).toEqual(["create", "update"]);
  });

  test("enums come resolved", () => {
    const [type] = requestParameters("chat_v2", "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks");
    expect(type).toMatchObject({ name: "Type", schema: { enum: ["webhook", "trigger", "studio"] } });
  });

  test("a path that is no resource is refused", () => {
    expect(() => requestParameters("taskrouter_v1", "/v1/Workspace")).toThrow(
      "taskrouter_v1 documents no resource at /v1/Workspace: give the path template of a collection",
    );
  });
});

describe("responseFields", () => {
  test.each<[Product, string, string]>([
    [
      "taskrouter_v1",
      "/v1/Workspaces/{WorkspaceSid}/Activities",
      "account_sid available date_created date_updated friendly_name sid workspace_sid url links",
    ],
    [
      "messaging_v1",
      "/v1/Services/{ServiceSid}/PhoneNumbers",
      "sid account_sid service_sid date_created date_updated phone_number country_code capabilities url",
    ],
    [
      "taskrouter_v1",
      "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}",
      "account_sid assigned_tasks available available_capacity_percentage configured_capacity date_created " +
        "date_updated sid task_channel_sid task_channel_unique_name worker_sid workspace_sid url",
    ],
  ])("%s %s", (product, path, expected) => {
    expect(
      responseFields(product, path)
        .map(({ name }) => name)
        .join(" "),
    ).toBe(expected);
  });
});
