import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

let now = Date.parse("2026-01-02T03:04:05Z");
const local = useLocalTwilio({ seed: "empty", clock: () => now });
const flows = "https://studio.twilio.com/v2/Flows";
const definition = (description: string) => ({
  description,
  states: [{ name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage" }], properties: {} }],
  initial_state: "Trigger",
});
const form = (changes: Record<string, string> = {}) => ({
  FriendlyName: "Messaging Flow",
  Status: "draft",
  Definition: JSON.stringify(definition("first")),
  ...changes,
});
const create = () =>
  local.client.studio.v2.flows.create({
    friendlyName: "A",
    status: "published",
    definition: definition("first"),
  });

test("a new flow is revision 1 and was never updated", async () => {
  const { status, body } = await local.send("POST", flows, { form: form() });
  const { sid } = body as { sid: string };
  const url = `${flows}/${sid}`;
  expect(status).toBe(201);
  expect(body).toEqual({
    sid,
    account_sid: local.emulator.accountSid,
    friendly_name: "Messaging Flow",
    definition: definition("first"),
    status: "draft",
    revision: 1,
    commit_message: null,
    author_sid: null,
    valid: true,
    errors: [],
    warnings: [],
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${local.emulator.accountSid}/Flows/${sid}`,
    date_created: "2026-01-02T03:04:05Z",
    date_updated: null,
    url,
    links: { test_users: `${url}/TestUsers`, revisions: `${url}/Revisions`, executions: `${url}/Executions` },
  });
});

test("every update is a revision, even one that changes the status only", async () => {
  const { sid } = await create();
  now += 60_000;
  const second = await local.client.studio.v2.flows(sid).update({
    status: "draft",
    definition: definition("second"),
    commitMessage: "Two",
  });
  expect(second).toMatchObject({
    revision: 2,
    status: "draft",
    commitMessage: "Two",
    definition: definition("second"),
    dateUpdated: new Date(now),
  });
  expect(await local.client.studio.v2.flows(sid).update({ status: "published" })).toMatchObject({
    revision: 3,
    status: "published",
    commitMessage: null,
    definition: definition("second"),
    friendlyName: "A",
  });
});

test("lists tell nothing of definitions", async () => {
  const { sid } = await create();
  const listed = (await local.client.studio.v2.flows.list()).find((flow) => flow.sid === sid);
  expect(listed).toMatchObject({
    friendlyName: "A",
    status: "published",
    revision: 1,
    definition: null,
    commitMessage: null,
    valid: null,
    errors: null,
    warnings: null,
  });
});

test("revisions stay as they were, newest first, and are fetched by number or as the latest", async () => {
  const { sid } = await create();
  const flow = local.client.studio.v2.flows(sid);
  await flow.update({ status: "draft", definition: definition("second"), commitMessage: "Two" });
  // The SDK can't list revisions: it looks for the number in the path.
  const { body } = await local.send("GET", `${flows}/${sid}/Revisions`);
  expect((body as { revisions: unknown }).revisions).toMatchObject([
    { sid, revision: 2, status: "draft", definition: null, commit_message: null, valid: null, errors: null },
    { sid, revision: 1, status: "published", definition: null },
  ]);
  const fetched = async (revision: string) => {
    const found = await flow.revisions(revision).fetch();
    return [found.sid, found.revision, found.status, found.commitMessage, found.definition, found.url];
  };
  const first = [sid, 1, "published", null, definition("first"), `${flows}/${sid}/Revisions/1`];
  const second = [sid, 2, "draft", "Two", definition("second"), `${flows}/${sid}/Revisions/2`];
  expect(await fetched("1")).toEqual(first);
  expect(await fetched("2")).toEqual(second);
  expect(await fetched("LatestRevision")).toEqual(second);
  expect(await fetched("LatestPublished")).toEqual(first);
  await expect(flow.revisions("3").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a flow that was never published has no latest published revision", async () => {
  const { sid } = await local.client.studio.v2.flows.create({
    friendlyName: "Draft",
    status: "draft",
    definition: definition("first"),
  });
  await expect(local.client.studio.v2.flows(sid).revisions("LatestPublished").fetch()).rejects.toMatchObject({
    status: 404,
  });
});

test("test users are a list of their own and make no revision", async () => {
  const { sid } = await create();
  const users = local.client.studio.v2.flows(sid).testUsers();
  expect((await users.fetch()).testUsers).toEqual([]);
  expect(await users.update({ testUsers: ["+14155550100", "ann"] })).toMatchObject({
    sid,
    testUsers: ["+14155550100", "ann"],
  });
  expect((await users.fetch()).testUsers).toEqual(["+14155550100", "ann"]);
  expect((await local.client.studio.v2.flows(sid).fetch()).revision).toBe(1);
});

test.each([
  ["FriendlyName", "Missing required parameter FriendlyName in the post body"],
  ["Status", "Missing required parameter Status in the post body"],
  ["Definition", "Missing required parameter Definition in the post body"],
] as const)("refuses to create or validate without %s", async (name, message) => {
  const { [name]: _left, ...rest } = form();
  for (const url of [flows, `${flows}/Validate`]) {
    expect(await local.send("POST", url, { form: rest })).toMatchObject({
      status: 400,
      body: { code: 20001, message },
    });
  }
});

test.each([
  [{ Status: "live" }, 20001, 'Status must be one of draft, published, got "live"'],
  [{ Definition: "{" }, 20001, "Definition is not valid JSON"],
  [
    { Definition: `{"states":${"[".repeat(300)}${"]".repeat(300)}}` },
    20001,
    "Definition is nested more than 200 levels deep",
  ],
])("refuses %j", async (changes, code, message) => {
  for (const url of [flows, `${flows}/Validate`]) {
    expect(await local.send("POST", url, { form: form(changes) })).toMatchObject({
      status: 400,
      body: { code, message: expect.stringContaining(message) },
    });
  }
});

test("tells every flaw of a definition when creating, updating and validating", async () => {
  const { sid } = await create();
  const broken = { initial_state: "Start", states: [{ name: "Trigger", type: "trigger" }] };
  const answer = {
    status: 400,
    body: {
      code: 81022,
      message: "Flow definition validation failed, check `details` for more information",
      details: {
        errors: [
          { message: "is required", property_path: "#/states/0/transitions" },
          { message: "must match a widget name", property_path: "#/initial_state" },
        ],
        warnings: [],
      },
    },
  };
  for (const url of [flows, `${flows}/${sid}`, `${flows}/Validate`]) {
    const changed = form({ Definition: JSON.stringify(broken) });
    expect(await local.send("POST", url, { form: changed })).toMatchObject(answer);
  }
  expect(await local.client.studio.v2.flows(sid).fetch()).toMatchObject({ revision: 1, valid: true });
});

test("a good definition is valid, and validating it creates nothing", async () => {
  const before = await local.client.studio.v2.flows.list();
  expect(await local.send("POST", `${flows}/Validate`, { form: form() })).toMatchObject({
    status: 200,
    body: { valid: true },
  });
  expect(await local.client.studio.v2.flows.list()).toHaveLength(before.length);
});

test("an update needs a status", async () => {
  const { sid } = await create();
  expect(await local.send("POST", `${flows}/${sid}`, { form: { FriendlyName: "B" } })).toMatchObject({
    status: 400,
    body: { code: 20001, message: "Missing required parameter Status in the post body" },
  });
});

test("deleting a flow deletes its revisions", async () => {
  const { sid } = await create();
  expect(await local.client.studio.v2.flows(sid).remove()).toBe(true);
  await expect(local.client.studio.v2.flows(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(local.client.studio.v2.flows(sid).revisions("1").fetch()).rejects.toMatchObject({
    status: 404,
  });
});
