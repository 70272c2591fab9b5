import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { done, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ScriptedProject, type Answer } from "./scripted-project.ts";

// The program makes its provider itself (new twilio.Provider): the configuration does not say where its resources are.

const queue = "twilio:taskrouter:TaskQueue";
const type = "pulumi:providers:twilio";
const another = "f".repeat(32);
const otherAccount = `AC${"2".repeat(32)}`;

const local = useLocalTwilio();
let project: ScriptedProject;
beforeAll(() => {
  const { url, accountSid, authToken } = local.emulator;
  project = new ScriptedProject(url);
  const lines = [`endpoint: ${url}`, `accountSid: ${accountSid}`, `authToken: ${authToken}`];
  project.write("Pulumi.dev.yaml", ["config:", ...lines.map((line) => `  twilio:${line}`)].join("\n"));
});
afterAll(() => project.remove());

interface Provider {
  name: string;
  inputs: object;
}
const one = (name: string, more: object = {}): Provider => {
  const { accountSid, authToken, url, identity } = local.emulator;
  return { name, inputs: { accountSid, authToken, endpoint: url, __localTwilio: identity, ...more } };
};
/** The state: a queue of each provider. */
const state = (...providers: Provider[]): Answer => ({
  stdout: JSON.stringify({
    deployment: {
      resources: providers.flatMap(({ name, inputs }) => [
        { urn: urnOf(type, name), type, custom: true, id: "1", inputs },
        {
          ...{ urn: urnOf(queue, `of-${name}`), type: queue, custom: true, id: `WS${"1".repeat(32)}/WQ1` },
          ...{ provider: `${urnOf(type, name)}::1`, outputs: { adopted: true } },
        },
      ]),
    },
  }),
});
const summary = { maybeCorrupt: false, durationSeconds: 1, resourceChanges: { same: 1 }, policyPacks: {} };
const nothing: Answer = {
  events: [done(step("same", queue, "of-mine")), { sequence: 0, timestamp: 0, summaryEvent: summary }],
};
const failing = (message: string): Answer => ({
  code: 255,
  events: [
    {
      sequence: 0,
      timestamp: 0,
      diagnosticEvent: { severity: "error", message, color: "never", prefix: "" },
    },
  ],
});
const commands = () => project.calls().map(({ args: [command] = [] }) => command);
const viaProgram = () => project.calls().some(({ args = [] }) => args.includes("--run-program=true"));

describe("its local Twilio was thrown away", () => {
  const lost = () => one("mine", { __localTwilio: another });

  test.each([
    ["destroy"],
    ["drift"],
    ["diagnose --health"],
    ["diagnose --from +14155550170"],
    ["route --live --task {}"],
    ["adopt --print"],
    ["simulate sms --from +14155550170 --body Hello"],
  ])("%s says so and does nothing", async (words) => {
    project.answers({ "stack export": state(lost()) });
    const before = local.http.sent.length;
    const { code, stderr } = await project.run(...words.split(" "));
    const { url, identity } = local.emulator;
    expect(stderr)
      .toContain(`error: The resources of provider "mine" of stack "dev" are not in the local Twilio at ${url}.
  why: Its state records 1 resource in the local Twilio ffff-ffff; the one that listens there is ${identity.slice(0, 4)}-${identity.slice(4, 8)}: its database was thrown away, or another folder's listens there.
  fix: npx flex-stack up --refresh --stack dev makes them anew in this one;
       npx flex-stack destroy --refresh --stack dev forgets what is recorded;
`);
    expect([code, commands(), local.http.sent.length]).toEqual([20, [], before]);
  });

  test.each([
    ["up", undefined],
    ["preview", undefined],
    ["up --refresh", "any"],
    ["preview --refresh", "any"],
    ["preview --refresh --target of-mine", undefined],
  ])("%s lets the provider judge, which accepts: %s", async (words, accepted) => {
    project.answers({ "stack export": state(lost()), preview: nothing, up: nothing });
    await project.run(...words.split(" "));
    const engine = project.calls().filter(({ command }) => command === "preview" || command === "up");
    expect(engine.length).toBeGreaterThan(0);
    expect(new Set(engine.map(({ localTwilio }) => localTwilio))).toEqual(new Set([accepted]));
    expect(viaProgram()).toBe(words.includes("--refresh"));
  });

  test("destroy --refresh forgets what is recorded, and deletes nothing", async () => {
    project.answers({ "stack export": state(lost()) });
    const { code, stdout } = await project.run("destroy", "--refresh");
    expect([code, commands()]).toEqual([0, ["state"]]);
    expect(stdout).toContain("Stack dev: 1 forgotten, nothing deleted.\n");
  });

  test.each<[string, () => Provider[], string]>([
    ["this provider's", () => [lost(), one("default_0_1_0")], 'The resources of provider "mine" of'],
    [
      "the configuration's",
      () => [one("mine"), one("default_0_1_0", { __localTwilio: another })],
      'A part of stack "dev" is in another local Twilio, and what provider "mine" looks after is there.',
    ],
  ])("where only %s are lost, destroy --refresh forgets nothing", async (_name, providers, what) => {
    project.answers({ "stack export": state(...providers()) });
    const { code, stderr } = await project.run("destroy", "--refresh");
    expect([code, new Set(commands())]).toEqual([20, new Set(["stack"])]);
    expect(stderr).toContain(what);
    expect(stderr).not.toContain("forgets what is recorded");
  });
});

describe("it leads elsewhere than the configuration", () => {
  const apart = () => one("mine", { accountSid: otherAccount });

  test.each([["diagnose --health"], ["route --live --task {}"], ["adopt --print"]])(
    "%s reads no account in its place",
    async (words) => {
      project.answers({ "stack export": state(apart()) });
      const { code, stderr } = await project.run(...words.split(" "));
      expect(stderr).toContain(
        `error: The resources of stack "dev" are not where its configuration leads.\n  why: Provider "mine" of its program has 1 resource in account ${otherAccount} at the local Twilio `,
      );
      expect(stderr).toContain(`npx pulumi config set twilio:accountSid ${otherAccount} --stack dev`);
      expect([code, commands()]).toEqual([20, []]);
    },
  );

  test("drift compares through it, and looks for nothing unmanaged elsewhere", async () => {
    project.answers({ "stack export": state(apart()), "refresh --preview-only": nothing });
    const { code, stdout } = await project.run("drift");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `Not looked into:\\s+Provider "mine" has 1 resource in account ${otherAccount} at the local Twilio `,
      ),
    );
  });

  test("what is where the configuration leads is diagnosed, and the rest is told as left out", async () => {
    project.answers({ "stack export": state(apart(), one("default_0_1_0")) });
    const { code, stdout } = await project.run("diagnose", "--health");
    expect(code).not.toBe(20);
    expect(stdout).toContain(`Provider "mine" has 1 resource in account ${otherAccount} at the local `);
  });
});

describe("the configuration says nothing of an account", () => {
  let settings = "";
  beforeAll(() => {
    settings = project.read("Pulumi.dev.yaml");
    project.write("Pulumi.dev.yaml", `config:\n  twilio:endpoint: ${local.emulator.url}\n`);
  });
  afterAll(() => project.write("Pulumi.dev.yaml", settings));

  test.each([
    ["diagnose --health", 3],
    ["diagnose --from +14155550170", 3],
    ["route --live --task {}", 3],
    ["adopt --print", 3],
    ["simulate chat --body Hello", 2],
  ])("%s says whose settings it would need", async (words, exit) => {
    project.answers({ "stack export": state(one("mine")) });
    const before = local.http.sent.length;
    const { code, stderr } = await project.run(...words.split(" "));
    const { accountSid, url } = local.emulator;
    expect(stderr).toContain(
      'error: This command reads the account that twilio:* leads to, and in stack "dev" that leads nowhere.\n' +
        `  why: The program makes its provider "mine" itself, with 1 resource in account ${accountSid} at the local Twilio `,
    );
    expect(stderr).toContain(", and what it gives that provider is known to Pulumi alone.\n");
    expect(stderr).toContain(
      `       npx pulumi config set twilio:accountSid ${accountSid} --stack dev\n` +
        `       npx pulumi config set twilio:endpoint ${url} --stack dev\n` +
        "       npx pulumi config set twilio:authToken TOKEN --stack dev\n",
    );
    expect([code, local.http.sent.length]).toEqual([exit, before]);
  });

  test("drift compares through it, and says what it did not look into", async () => {
    project.answers({ "stack export": state(one("mine")), "refresh --preview-only": nothing });
    const { code, stdout, stderr } = await project.run("drift");
    expect(stdout).toMatch(/Not looked into:\s+Provider "mine" has 1 resource in account AC/);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("a stack that has no provider of its own is told what is missing", async () => {
    project.answers({ "stack export": state() });
    const { code, stderr } = await project.run("diagnose", "--health");
    expect([code, stderr]).toEqual([3, expect.stringContaining("why: twilio:accountSid is missing: ")]);
  });
});

describe("Pulumi deletes by the recorded settings", () => {
  test.each<[string, object, boolean]>([
    ["which still lead there", {}, false],
    ["whose token was rotated", { authToken: "old" }, true],
    ["whose port nobody listens on", { endpoint: "http://127.0.0.1:1" }, true],
  ])("%s: the program is asked: %#", async (_name, more, asked) => {
    project.answers({ "stack export": state(one("mine", more)), destroy: nothing });
    const { code } = await project.run("destroy", "--yes");
    expect([code, commands().at(-1), viaProgram()]).toEqual([0, "destroy", asked]);
  });
});

test.each([
  ["Twilio does not accept the auth token for account AC1: Authenticate (HTTP 401, Twilio error 20003).", 3],
  ["this stack's resources are in another local Twilio (ffff-ffff) than the one that listens at X", 20],
  ["this stack's resources are in account AC1, but the provider is configured for AC2.", 20],
])("what the provider refuses ends as flex-stack's own refusal does: %s", async (message, code) => {
  project.answers({ "stack export": state(one("mine")), preview: failing(message) });
  const ended = await project.run("preview");
  expect([ended.code, ended.stderr.split(message)]).toEqual([code, [expect.anything(), expect.anything()]]);
});
