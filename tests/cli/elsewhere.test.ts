import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { done, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ScriptedProject, type Answer } from "./scripted-project.ts";

// Where the configuration leads is not where the state says that the resources are: no command may say or do anything.

const queue = "twilio:taskrouter:TaskQueue";
const providerUrn = urnOf("pulumi:providers:twilio", "default_0_1_0");
const another = "f".repeat(32);
const otherAccount = `AC${"2".repeat(32)}`;

const local = useLocalTwilio();
let project: ScriptedProject;
let workspaceSid = "";
let queueSid = "";

const configuration = (endpoint: string, ...more: string[]) =>
  ["config:", `  twilio:endpoint: ${endpoint}`, ...more.map((line) => `  twilio:${line}`)].join("\n");

beforeAll(async () => {
  const { url, accountSid, authToken } = local.emulator;
  project = new ScriptedProject(url);
  project.write(
    "Pulumi.dev.yaml",
    configuration(url, `accountSid: ${accountSid}`, `authToken: ${authToken}`),
  );
  workspaceSid = (await local.client.flexApi.v1.configuration().fetch()).taskrouterWorkspaceSid;
  const { taskQueues } = local.client.taskrouter.v1.workspaces(workspaceSid);
  queueSid = (await taskQueues.create({ friendlyName: "Billing" })).sid;
});
afterAll(() => project.remove());

/** The state: a queue that the stack made, and what is recorded of the provider. */
const recorded = (inputs: Record<string, string>, sid = queueSid): Answer => ({
  stdout: JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { urn: providerUrn, type: "pulumi:providers:twilio", custom: true, id: "1", inputs },
        {
          urn: urnOf(queue, "billing"),
          type: queue,
          custom: true,
          id: `${workspaceSid}/${sid}`,
          provider: `${providerUrn}::1`,
          inputs: { workspaceSid, friendlyName: "Billing" },
          outputs: {
            ...{ workspaceSid, sid, friendlyName: "Billing", adopted: false },
            url: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskQueues/${sid}`,
          },
        },
      ],
    },
  }),
});
const here = () => ({
  accountSid: local.emulator.accountSid,
  endpoint: local.emulator.url,
  __localTwilio: local.emulator.identity,
});
const summary = { maybeCorrupt: false, durationSeconds: 1, resourceChanges: { same: 1 }, policyPacks: {} };
const nothing: Answer = {
  events: [done(step("same", queue, "billing")), { sequence: 0, timestamp: 0, summaryEvent: summary }],
};
const commands = () => project.calls().map(({ command }) => command);

const every: [string, string[]][] = [
  ["up", ["up"]],
  ["up --skip-preview", ["up", "--skip-preview"]],
  ["preview", ["preview"]],
  ["destroy", ["destroy"]],
  ["drift", ["drift"]],
  ["diagnose --health", ["diagnose", "--health"]],
  ["diagnose --from", ["diagnose", "--from", "+14155550170"]],
  ["route --live", ["route", "--live", "--task", "{}"]],

  ["adopt", ["adopt", "--print"]],
  ["simulate", ["simulate", "sms", "--from", "+14155550170", "--body", "Hello"]],
];

describe("the resources are in another local Twilio", () => {
  beforeEach(() => project.answers({ "stack export": recorded({ ...here(), __localTwilio: another }) }));

  test.each(every)("%s says so and does nothing", async (_name, words) => {
    const before = local.http.sent.length;
    const { code, stderr } = await project.run(...words);
    const { url, identity } = local.emulator;
    expect(stderr).toContain(`error: The resources of stack "dev" are not in this local Twilio.
  why: Its state records 1 resource in the local Twilio ffff-ffff; the one that listens on ${url} is ${identity.slice(0, 4)}-${identity.slice(4, 8)}: its database was thrown away, or another folder's listens there.
  fix: npx flex-stack up --refresh --stack dev makes all of it anew in this one;
       npx flex-stack destroy --refresh --stack dev forgets what is recorded;
       to go on with ffff-ffff, end this one and run npm run emulator in the folder that has its .local/twilio.db.
`);
    expect([code, commands(), local.http.sent.length]).toEqual([20, [], before]);
  });

  test("--json has it as a document", async () => {
    const { code, stdout } = await project.run("preview", "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([20, { result: "failed", exitCode: 20 }]);
  });

  test.each([
    ["up", ["preview", "up"]],
    ["preview", ["preview"]],
  ])("%s --refresh compares with this one, and the provider may use it", async (command, asked) => {
    const { code, stdout } = await project.run(command, "--refresh");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "Stack dev was brought up on another local Twilio: what it records is compared with this one.\n",
    );
    expect(commands()).toEqual([...asked]);
    const engine = project.calls();
    expect(engine.map(({ localTwilio }) => localTwilio)).toEqual(asked.map(() => local.emulator.identity));
    expect(engine.every(({ args = [] }) => args.includes("--refresh"))).toBe(true);
  });

  test("a refresh of some resources says nothing of the others", async () => {
    expect((await project.run("up", "--refresh", "--target", "billing")).code).toBe(20);
  });

  test("destroy --refresh forgets what is recorded, and deletes nothing", async () => {
    const { code, stdout } = await project.run("destroy", "--refresh");
    expect(code).toBe(0);
    expect(stdout).toContain("Stack dev: 1 forgotten, nothing deleted.\n");
    const [forgetting] = project.calls();
    expect(forgetting?.args?.slice(0, 6)).toEqual([
      "state",
      "delete",
      "--all",
      "--force",
      "--yes",
      "--stack",
    ]);
    expect(commands()).toEqual(["state"]);
  });

  test("one that is gone leaves nothing to compare where nothing is recorded", async () => {
    const provider = { urn: providerUrn, type: "pulumi:providers:twilio", custom: true, id: "1" };
    const inputs = { ...here(), __localTwilio: another };
    const stdout = JSON.stringify({ deployment: { resources: [{ ...provider, inputs }] } });
    project.answers({ "stack export": { stdout }, up: nothing });
    expect((await project.run("up")).code).toBe(0);
    expect(project.calls().at(-1)?.localTwilio).toBe(local.emulator.identity);
  });
});

describe("the resources are in another account", () => {
  test.each<[string, string[]]>([
    ["up", ["up", "--skip-preview", "--refresh"]],
    ["destroy", ["destroy", "--refresh"]],
    ["drift", ["drift"]],
    ["diagnose", ["diagnose", "--health"]],
  ])("%s says so and does nothing", async (_name, words) => {
    project.answers({ "stack export": recorded({ ...here(), accountSid: otherAccount }) });
    const { code, stderr } = await project.run(...words);
    expect(stderr).toContain(
      `error: The resources of stack "dev" are in account ${otherAccount}, and its configuration is for account ${local.emulator.accountSid}.`,
    );
    expect(stderr).toContain(
      `  fix: npx pulumi config set twilio:accountSid ${otherAccount} --stack dev, and credentials of that account;`,
    );
    expect([code, commands()]).toEqual([20, []]);
  });
});

describe("the same local Twilio listens on another port than at the last update", () => {
  beforeEach(() =>
    project.answers({
      "stack export": recorded({ ...here(), endpoint: "http://127.0.0.1:1" }),
      up: nothing,
      destroy: nothing,
      "refresh --preview-only": nothing,
    }),
  );

  test.each([
    ["up", ["up"], []],
    ["up --refresh", ["up", "--refresh"], ["preview", "up"]],
    ["preview --refresh", ["preview", "--refresh"], ["preview"]],
    ["destroy", ["destroy"], ["destroy"]],
    // Which needs no settings but the configuration's.
    ["drift", ["drift"], []],
  ])("%s goes there", async (_name, words, viaProgram) => {
    const { code, stderr } = await project.run(
      ...words,
      ...(words[0] === "drift" ? ["--unmanaged", "none"] : []),
    );
    expect([code, stderr]).toEqual([0, ""]);
    const told = project.calls().filter(({ args = [] }) => args.includes("--run-program=true"));
    expect(told.map(({ args = [] }) => args[0])).toEqual(viaProgram);
  });
});

describe("a state from before local Twilios had an identity", () => {
  const old = () => ({ accountSid: local.emulator.accountSid, endpoint: local.emulator.url });

  test.each([
    ["destroy", ["destroy"]],
    ["drift", ["drift", "--unmanaged", "none"]],
  ])("%s goes on where what the stack made is there", async (_name, words) => {
    project.answers({ "stack export": recorded(old()), destroy: nothing, "refresh --preview-only": nothing });
    expect((await project.run(...words)).code).toBe(0);
  });

  test.each([
    ["destroy", ["destroy"]],
    ["drift", ["drift"]],
    ["diagnose", ["diagnose", "--health"]],
  ])("%s does not tell as gone what was never there", async (_name, words) => {
    project.answers({ "stack export": recorded(old(), `WQ${"0".repeat(32)}`) });
    const { code, stderr } = await project.run(...words);
    expect(stderr).toContain(`error: Nothing that stack "dev" made is at the local Twilio `);
    expect(stderr).toContain("npx flex-stack up --refresh --stack dev makes all of it anew here.");
    expect([code, commands()]).toEqual([20, []]);
  });
});

describe("another program listens where the local Twilio would", () => {
  let server: Server;
  let heard: IncomingMessage[];
  let answer: { status: number; body: string; headers?: Record<string, string> };
  let elsewhere: ScriptedProject;

  beforeAll(async () => {
    server = createServer((request, response) => {
      heard.push(request);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    elsewhere = new ScriptedProject(url);
    elsewhere.write(
      "Pulumi.dev.yaml",
      configuration(url, `accountSid: ${local.emulator.accountSid}`, "authToken: hush-token"),
    );
  });
  beforeEach(() => {
    heard = [];
  });
  afterAll(() => {
    server.close();
    elsewhere.remove();
  });

  const asked = () => heard.map(({ url, headers }) => [url, headers.authorization]);

  test.each(every.filter(([name]) => /^(up|destroy|drift|route --live|simulate)$/.test(name)))(
    "%s gives it no credentials, though it answers 200",
    async (_name, words) => {
      answer = { status: 200, body: "It works!" };
      elsewhere.answers({ "stack export": recorded(here()) });
      const { code, stderr } = await elsewhere.run(...words);
      expect(stderr).toMatch(
        /^error: Port \d+ is used by another program\.\n {2}why: It does not say at \/_emulator\/health that it is one\./m,
      );
      expect([code, asked(), elsewhere.calls()]).toEqual([1, [["/_emulator/health", undefined]], []]);
    },
  );

  test("one that sends on to a local Twilio is none", async () => {
    const headers = { location: `${local.emulator.url}/_emulator/health` };
    answer = { status: 302, body: "", headers };
    const { code, stderr } = await elsewhere.run("up");
    expect(stderr).toContain("why: It answers 302 to GET /_emulator/health.");
    expect([code, elsewhere.calls()]).toEqual([1, []]);
  });

  test.each([
    [{ status: "ok", hosts: ["api"] }, "is of an older version, which does not say which one it is"],
    [
      { status: "ok", name: "flex-messaging local Twilio", version: 99, identity: another },
      "is of a newer version (99)",
    ],
  ])("a local Twilio of another version is told: %j", async (health, what) => {
    answer = { status: 200, body: JSON.stringify(health) };
    for (const words of [["up"], ["emulator", "--port", String((server.address() as AddressInfo).port)]]) {
      const { code, stderr } = await elsewhere.run(...words);
      expect(stderr).toContain(
        ` ${what}.\n  why: Another version of this project started it.\n  fix: End it `,
      );
      expect([code, elsewhere.calls()]).toEqual([1, []]);
    }
  });
});
