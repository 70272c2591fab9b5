import { expect, test } from "@jest/globals";
import type { DeployedResource } from "../state/deployment.ts";
import { watchedLists } from "./watched.ts";

const deployed = (
  type: string,
  id: string,
  created: string | undefined,
  outputs: Record<string, unknown> = {},
): DeployedResource => ({
  urn: `urn:pulumi:dev::p::${type}::x`,
  type,
  id,
  created,
  outputs,
  inputs: {},
  custom: true,
  delete: false,
  protect: false,
  retainOnDelete: false,
});
const tuesday = "2026-11-24T10:00:00Z";

test("the lists inside what is managed are watched since the stack took charge of it", () => {
  const lists = watchedLists([
    deployed("twilio:taskrouter:Workspace", "WS1", tuesday),
    deployed("twilio:taskrouter:WorkspaceSettings", "WS1", "2020-01-01T00:00:00Z"),
    deployed("twilio:taskrouter:TaskQueue", "WS1/WQ1", tuesday),
    deployed("twilio:proxy:Service", "KS1", undefined),
    deployed("twilio:chat:Channel", "IS1/CH1", tuesday),
    deployed("twilio:messaging:Service", "MG1", tuesday),
  ]);
  const since = Date.parse(tuesday);
  expect(lists).toEqual([
    ...["Activity", "TaskChannel", "TaskQueue", "Workflow"].map((name) => ({
      type: `twilio:taskrouter:${name}`,
      parents: { workspaceSid: "WS1" },
      since,
    })),
    { type: "twilio:proxy:PhoneNumber", parents: { serviceSid: "KS1" }, since: 0 },
    { type: "twilio:chat:ChannelWebhook", parents: { serviceSid: "IS1", channelSid: "CH1" }, since },
    { type: "twilio:messaging:PhoneNumber", parents: { serviceSid: "MG1" }, since },
  ]);
});

test("a number that the stack hands to somebody else may stay in the pool of Proxy", () => {
  const proxy = "https://webhooks.twilio.com/v1/Accounts/AC1/Proxy/KS1/Webhooks/Message";
  const number = (id: string, smsUrl?: string) => ({
    ...deployed("twilio:api:IncomingPhoneNumber", id, tuesday, { phoneNumber: "+1" }),
    inputs: smsUrl === undefined ? {} : { smsUrl },
  });
  const [pool] = watchedLists([
    deployed("twilio:proxy:Service", "KS1", tuesday),
    number("PN1", ""),
    number("PN2", "https://handler.example.com/sms"),
    number("PN3", proxy),
    number("PN4"),
    number("PN5", proxy.replace("KS1", "KS2")),
  ]);
  expect(pool?.type).toBe("twilio:proxy:PhoneNumber");
  const sids = ["PN1", "PN2", "PN3", "PN4", "PN5", "PN6"];
  expect(sids.filter((sid) => pool?.concerns?.({ sid }))).toEqual(["PN3", "PN4", "PN6"]);
});

test("roles are listed by the API that their service is declared through", () => {
  for (const api of ["chat", "conversations"])
    expect(watchedLists([deployed(`twilio:${api}:Service`, "IS1", undefined)])).toMatchObject([
      { type: `twilio:${api}:Role`, parents: { serviceSid: "IS1" } },
      { type: "twilio:flex:FlexFlow" },
      { type: "twilio:conversations:Address" },
    ]);
});

test("Flex Flows are those of the managed chat service and numbers", () => {
  const [roles, flows] = watchedLists([
    deployed("twilio:chat:Service", "IS1", tuesday),
    deployed("twilio:api:IncomingPhoneNumber", "PN1", "2026-11-24T11:00:00Z", {
      phoneNumber: "+14155550142",
    }),
  ]);
  expect(roles).toEqual({
    type: "twilio:chat:Role",
    parents: { serviceSid: "IS1" },
    since: Date.parse(tuesday),
  });
  expect(flows).toMatchObject({ type: "twilio:flex:FlexFlow", parents: {}, since: Date.parse(tuesday) });
  const concerns = (item: object) => flows?.concerns?.({ ...item });
  expect(concerns({ chatServiceSid: "IS1", contactIdentity: "+12" })).toBe(true);
  expect(concerns({ chatServiceSid: "IS2", contactIdentity: "+14155550142" })).toBe(true);
  expect(concerns({ chatServiceSid: "IS2", contactIdentity: null })).toBe(false);
});

test("Addresses are those of the managed service and numbers, but for Flex's web chat", () => {
  const addresses = watchedLists([
    deployed("twilio:conversations:Service", "IS1", tuesday),
    deployed("twilio:api:IncomingPhoneNumber", "PN1", undefined, { phoneNumber: "+14155550142" }),
  ]).at(-1);
  expect(addresses).toMatchObject({ type: "twilio:conversations:Address", parents: {}, since: 0 });
  const concerns = (address: string, conversation_service_sid: string, type = "sms") =>
    addresses?.concerns?.({ type, address, autoCreation: { enabled: false, conversation_service_sid } });
  expect(concerns("whatsapp:+12", "IS1", "whatsapp")).toBe(true);
  expect(concerns("+14155550142", "IS2")).toBe(true);
  expect(concerns("+12", "IS2")).toBe(false);
  expect(concerns("widget", "IS1", "chat")).toBe(false);
  expect(addresses?.concerns?.({ type: "sms", address: "+12", autoCreation: null })).toBe(false);
});

test("a stack without any of that watches nothing", () => {
  expect(watchedLists([deployed("twilio:studio:Flow", "FW1", tuesday)])).toEqual([]);
});
