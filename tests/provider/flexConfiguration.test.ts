import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import type { Inputs } from "./case.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration } from "./testStack.ts";

const local = useLocalTwilio();
let stack: TestStack;
beforeAll(async () => {
  stack = await new TestStack(local.emulator).init();
}, 60_000);
afterAll(() => stack.remove());

const declared = (inputs: Inputs): Declaration[] => [
  { name: "flex", token: "twilio:flex:Configuration", inputs },
];
const configuration = () => local.client.flexApi.v1.configuration();

test("changes what the program sets, and nothing else", async () => {
  await configuration().update({ account_sid: local.emulator.accountSid, attributes: { team: { size: 3 } } });
  const before = (await configuration().fetch()).toJSON() as object;
  const program = declared({
    attributes: { team: { name: "night" } },
    taskrouterSkills: [{ name: "billing", multivalue: false, minimum: null, maximum: null }],
    callRecordingEnabled: true,
  });
  expect((await stack.up(program)).steps).toEqual({ flex: { op: "create", paths: [] } });
  const after = (await configuration().fetch()).toJSON() as { dateUpdated: unknown };
  expect(after).toEqual({
    ...before,
    attributes: { team: { size: 3, name: "night" } },
    taskrouterSkills: [{ name: "billing", multivalue: false, minimum: null, maximum: null }],
    callRecordingEnabled: true,
    dateUpdated: after.dateUpdated,
  });
  expect(await stack.preview(program, "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
    steps: {},
  });
}, 60_000);

test("watches only the keys that the program sets", async () => {
  const program = declared({ attributes: { team: { name: "night" } }, callRecordingEnabled: true });
  await stack.up(program);
  await configuration().update({
    account_sid: local.emulator.accountSid,
    attributes: { team: { size: 4, name: "night" }, other: true },
    ui_language: "de",
  });
  expect(await stack.preview(program, "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
    steps: {},
  });
  await configuration().update({
    account_sid: local.emulator.accountSid,
    attributes: { team: { size: 4, name: "day" }, other: true },
  });
  expect((await stack.preview(program, "--refresh")).steps).toEqual({
    flex: { op: "update", paths: ["attributes.team.name"] },
  });
  await stack.up(program, "--refresh");
  expect((await configuration().fetch()).attributes).toEqual({
    team: { size: 4, name: "night" },
    other: true,
  });
}, 60_000);

test("is imported by the account's SID", async () => {
  const other = await new TestStack(local.emulator).init();
  try {
    const program = declared({ callRecordingEnabled: true });
    const importing = program.map((one) => ({ ...one, import: local.emulator.accountSid }));
    expect((await other.up(importing)).steps).toEqual({ flex: { op: "import", paths: [] } });
    expect(await other.preview(program, "--expect-no-changes")).toMatchObject({ code: 0, steps: {} });
  } finally {
    other.remove();
  }
}, 60_000);

test("stays as it is when it is destroyed", async () => {
  const before = (await configuration().fetch()).toJSON();
  expect(await stack.destroy()).toMatchObject({ code: 0, steps: { flex: { op: "delete" } } });
  expect((await configuration().fetch()).toJSON()).toEqual(before);
}, 60_000);
