import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { Fault, Incoming } from "../../emulator/index.ts";
import type { Drift } from "../../flex-stack/changes/drift.ts";
import { Operation } from "../../flex-stack/changes/operation.ts";
import { comparableState, ownComparison } from "../../flex-stack/drift/own-comparison.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { resources } from "../../provider/resources/index.ts";
import { ref, type Case } from "../provider/case.ts";
import { cases } from "../provider/cases/index.ts";
import { TestStack, type Declaration, type Resource } from "../provider/testStack.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";

// What this process finds by itself, held to what Pulumi's engine finds with the same state and account.

let fault: (request: Incoming) => Fault | undefined = () => undefined;
const local = useLocalTwilio({ fault: (request) => fault(request) });
let stack: TestStack;
let made: { [name: string]: Resource };

const others: Declaration[] = [
  {
    name: "secretWorker",
    token: "twilio:taskrouter:Worker",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      friendlyName: "with a secret",
      attributes: { phone: { pin: { $secret: "hush-pin" }, extension: "1" } },
    },
  },
  {
    name: "secretSame",
    token: "twilio:taskrouter:Worker",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      friendlyName: "with a secret that stays",
      attributes: { pin: { $secret: "hush-too" } },
    },
  },
  {
    name: "secretName",
    token: "twilio:taskrouter:Activity",
    inputs: { workspaceSid: ref("workspace.sid"), friendlyName: { $secret: "Hush hour" } },
  },
  {
    name: "ignored",
    token: "twilio:taskrouter:TaskQueue",
    inputs: { workspaceSid: ref("workspace.sid"), friendlyName: "Ignored", maxReservedWorkers: 2 },
    options: { ignoreChanges: ["maxReservedWorkers"], protect: true, retainOnDelete: true },
  },
  {
    name: "flexConfiguration",
    token: "twilio:flex:Configuration",
    inputs: { attributes: { team: { name: "night" } }, callRecordingEnabled: true },
  },
  {
    name: "talkSettings",
    token: "twilio:conversations:Configuration",
    inputs: { defaultInactiveTimer: "PT1H", defaultClosedTimer: "PT24H" },
  },
  {
    name: "talkHooks",
    token: "twilio:conversations:ConfigurationWebhooks",
    inputs: { postWebhookUrl: "https://example.com/talks", filters: ["onMessageAdded"] },
  },
  {
    name: "halfMade",
    token: "twilio:chat:Service",
    inputs: { friendlyName: "Half", postWebhookUrl: "https://example.com/half" },
  },
];

beforeAll(async () => {
  const { authToken } = local.emulator;
  stack = await new TestStack(local.emulator, { config: { "twilio:authToken": authToken } }).init();
  const program = [
    ...cases.map(({ name, token, inputs, update }) => ({ name, token, inputs: { ...inputs, ...update } })),
    ...others,
  ];
  fault = ({ method, target, body }: Incoming) =>
    method === "POST" && /Services\/IS\w+$/.test(target) && /half/.test(body)
      ? { status: 400, code: 50054, message: "Invalid webhook URL" }
      : undefined;
  await stack.up(program, "--continue-on-error");
  fault = () => undefined;
  made = stack.resources();
}, 180_000);
afterAll(() => stack.remove());

const context = (one: Case) => one.at(local.client, ...made[one.name]!.id.split("/"));

/** Values with what references stand for. */
function resolved(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string") {
    const [name = "", output = ""] = value.$ref.split(".");
    return made[name]?.outputs[output];
  }
  if (Array.isArray(value)) return value.map(resolved);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
}

interface Compared {
  drifts: Drift[];
  compared: number;
  errors: string[];
}

async function engineFindings(): Promise<Compared> {
  return folded(await stack.previewRefresh());
}

function folded(events: readonly object[]): Compared {
  const operation = new Operation({ planOnly: true, comparing: true });
  for (const event of events) operation.apply(event as EngineEvent);
  const drifts = operation.drifts.toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  // Without what is not there: events leave it out, too.
  return {
    drifts: JSON.parse(JSON.stringify(drifts)) as Drift[],
    compared: operation.finished,
    errors: operation.errors.map(({ message }) => message).sort(),
  };
}

const asked: string[][] = [];
/** A session on the stack as `flex-stack drift` opens one. */
async function ownFindings(passphrase: string | undefined = "test"): Promise<Compared> {
  const { url, accountSid, authToken } = local.emulator;
  const exported = await stack.export();
  const config = { "twilio:endpoint": url, "twilio:accountSid": accountSid, "twilio:authToken": authToken };
  const session = {
    name: "test",
    settings: { project: { name: "lifecycle" }, stack: { config } },
    passphrase: () => passphrase,
    runPulumi: async (...words: string[]) => {
      asked.push(words);
      return { code: 0, stdout: await stack.export("--show-secrets"), stderr: "" };
    },
  };
  const run = { session, signal: new AbortController().signal } as unknown as StackRun;
  const own = await ownComparison(run, exported);
  const events: object[] = [];
  await own!((event) => events.push(event));
  expect(JSON.stringify(events)).not.toMatch(/hush|Hush/);
  return folded(events);
}

test("every type of resource is there, one of them half-made", () => {
  const types = new Set([...cases, ...others].map(({ token }) => token));
  expect(resources.filter(({ token }) => !types.has(token))).toEqual([]);
  expect(Object.keys(made)).toHaveLength(cases.length + others.length);
  expect(made["halfMade"]?.initErrors).toHaveLength(1);
});

describe("finds what the engine finds", () => {
  test("where everything was changed", async () => {
    for (const one of cases) {
      const params = Object.entries(one.drift).map(([path, value]) => [
        one.params?.[path] ?? path,
        resolved(value),
      ]);
      const needs = resolved(one.driftNeeds ?? {}) as object;
      if (params.length > 0) await context(one).update?.({ ...needs, ...Object.fromEntries(params) });
    }
    const inside = local.client.taskrouter.v1.workspaces(made["workspace"]!.id);
    const sidOf = (name: string) => made[name]!.id.split("/").at(-1) ?? "";
    const attributes = JSON.stringify({ phone: { pin: "another", extension: "2" } });
    await inside.workers(sidOf("secretWorker")).update({ attributes });
    await inside.activities(sidOf("secretName")).update({ friendlyName: "Told" });
    await inside.taskQueues(sidOf("ignored")).update({ maxReservedWorkers: 5 });
    await local.client.flexApi.v1.configuration().update({
      account_sid: local.emulator.accountSid,
      attributes: { team: { name: "day" }, theirs: true },
    });
    // The one by its length only, the other in truth.
    await local.client.conversations.v1
      .configuration()
      .update({ defaultInactiveTimer: "PT60M", defaultClosedTimer: "PT48H" });
    await local.client.conversations.v1.configuration.webhooks().update({ filters: ["onMessageAdd"] });
    const engine = await engineFindings();
    expect(engine.compared).toBe(cases.length + others.length);
    const drifting = cases.filter(({ drift }) => Object.keys(drift).length > 0).map(({ name }) => name);
    const found = new Set(engine.drifts.map(({ name }) => name));
    expect(
      [
        ...[...drifting, "secretWorker", "secretName", "flexConfiguration"],
        ...["talkSettings", "talkHooks"],
      ].filter((name) => !found.has(name)),
    ).toEqual([]);
    expect(await ownFindings()).toEqual(engine);
    expect(asked).toEqual([]);
    // Where the passphrase is not known Pulumi opens the secrets.
    expect(await ownFindings("another")).toEqual(engine);
    expect(asked).toHaveLength(1);
  }, 120_000);

  test("where Twilio refuses to tell", async () => {
    fault = ({ method, target }: Incoming) =>
      method === "GET" && /\/Flows\b/.test(target)
        ? { status: 403, code: 20003, message: "Permission denied" }
        : undefined;
    const engine = await engineFindings();
    const own = await ownFindings();
    fault = () => undefined;
    expect(engine.errors).not.toEqual([]);
    expect(own.errors).toEqual(engine.errors);
  }, 120_000);

  test("where all was deleted that can be", async () => {
    for (const one of cases.toReversed())
      await context(one)
        .remove?.()
        .catch(() => undefined);
    const engine = await engineFindings();
    expect(engine.drifts.filter(({ gone }) => gone).length).toBeGreaterThan(20);
    expect(await ownFindings()).toEqual(engine);
  }, 120_000);
});

describe("leaves to the engine", () => {
  const provider = {
    urn: "urn:pulumi:dev::p::pulumi:providers:twilio::default_0_1_0",
    type: "pulumi:providers:twilio",
    custom: true,
  };
  const queue = {
    urn: "urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::one",
    type: "twilio:taskrouter:TaskQueue",
    custom: true,
    provider: `${provider.urn}::id`,
  };
  const foreign = { ...queue, type: "random:index:RandomId", provider: "urn:x::id" };
  const ownProvider = { ...provider, urn: "urn:pulumi:dev::p::pulumi:providers:twilio::mine" };
  test.each<[string, object[], unknown[], boolean]>([
    ["nothing", [provider, queue], [], true],
    ["resources of other providers", [provider, queue, foreign], [], false],
    ["a provider of the program's", [provider, ownProvider, queue], [], false],
    [
      "a provider of the program's alone",
      [ownProvider, { ...queue, provider: `${ownProvider.urn}::id` }],
      [],
      false,
    ],
    ["a state that says no provider", [queue], [], false],
    ["what an update has begun", [provider, queue], [{}], false],
  ])("%s", (_what, items, pending, own) => {
    const exported = JSON.stringify({ deployment: { resources: items, pending_operations: pending } });
    expect(comparableState(exported) !== undefined).toBe(own);
  });
});
