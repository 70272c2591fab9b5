import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Journal } from "../../provider/access.ts";
import { pendingOperations } from "./deployment.ts";
import { isAccountedFor, notePending } from "./interrupted.ts";

const urn = (type: string, name: string): string => `urn:pulumi:dev::p::${type}::${name}`;
const operation = (type: string, resourceType: string, name: string, inputs = {}, custom = true) => ({
  type,
  resource: { urn: urn(resourceType, name), type: resourceType, inputs, custom },
});
const role = operation("creating", "twilio:chat:Role", "auditor", {
  __defaults: [],
  friendlyName: "auditor",
  hook: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" },
});
const queue = operation("updating", "twilio:taskrouter:TaskQueue", "returns");
const bucket = operation("creating", "aws:s3:Bucket", "b");
const state = (...pending_operations: object[]): string =>
  JSON.stringify({
    version: 3,
    deployment: { manifest: { time: "2026-11-24T10:00:00Z" }, pending_operations },
  });

let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "interrupted-"));
  file = join(folder, "dev.journal");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a state says what it has as begun", () => {
  expect(pendingOperations(state(role, queue)).map(({ type }) => type)).toEqual(["creating", "updating"]);
  expect(pendingOperations('{"version":3,"deployment":null}')).toEqual([]);
  expect(pendingOperations('{"deployment":{"manifest":{},"pending_operations":null}}')).toEqual([]);
});

test.each([
  [role, true],
  [queue, true],
  [operation("creating", "pulumi:providers:twilio", "default"), true],
  [operation("deleting", "aws:s3:Bucket", "b"), true],
  [operation("creating", "flex-messaging:messaging:MessageHandling", "shop", {}, false), true],
  [bucket, false],
])("%j is accounted for: %s", (one, expected) => {
  expect(isAccountedFor(one)).toBe(expected);
});

test("what the provider did not note itself is noted for it, without secrets", () => {
  notePending(file, state(role, queue), pendingOperations(state(role, queue)));
  const journal = new Journal(file);
  expect(journal.begun(role.resource.urn)).toEqual({
    create: {
      started: Date.parse("2026-11-24T09:50:00Z"),
      inputs: { friendlyName: "auditor" },
      guessed: true,
    },
  });
  expect(journal.begun(queue.resource.urn)).toEqual({ unsure: true });
  expect(readFileSync(file, "utf8")).not.toContain("ciphertext");
});

test("where the lock has told when the run began, that is when", () => {
  notePending(file, state(role), pendingOperations(state(role)), 5);
  expect(new Journal(file).begun(role.resource.urn)?.create?.started).toBe(5);
});

test("without a lock nobody knows whether what is there was made or is to be taken over: then it was there", () => {
  const adopted = operation("creating", "twilio:chat:Role", "auditor", { adopt: true });
  const text = state(adopted);
  notePending(file, text, pendingOperations(text));
  expect(new Journal(file).begun(adopted.resource.urn)).toBe(undefined);
  notePending(file, text, pendingOperations(text), 5);
  expect(new Journal(file).begun(adopted.resource.urn)?.create).toMatchObject({ started: 5, guessed: true });
});

test("a create that a run of flex-stack did not note was not sent", () => {
  new Journal(file).begin("", { step: "run" });
  notePending(file, state(role, queue), pendingOperations(state(role, queue)));
  const journal = new Journal(file);
  expect([journal.begun(role.resource.urn), journal.begun(queue.resource.urn)]).toEqual([
    undefined,
    { unsure: true },
  ]);
});

test("what it noted itself is better, and stays", () => {
  new Journal(file).begin(role.resource.urn, { step: "create", started: 7, inputs: {} });
  notePending(file, state(role), pendingOperations(state(role)));
  expect(new Journal(file).begun(role.resource.urn)).toEqual({ create: { started: 7, inputs: {} } });
});
