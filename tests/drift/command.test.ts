import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { done, said, state, step, urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import type { Fault, Incoming } from "../../emulator/index.ts";
import { ScriptedProject, type Answer } from "../cli/scripted-project.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";

// The command with a scripted Pulumi, on a local Twilio that is a Flex account: what Twilio has is real.

const chatService = "twilio:chat:Service";
const role = "twilio:chat:Role";
let made: number;
let fault: (request: Incoming) => Fault | undefined = () => undefined;
const local = useLocalTwilio({ fault: (request) => fault(request) });
let project: ScriptedProject;
let serviceSid = "";

beforeAll(async () => {
  const { url, accountSid, authToken } = local.emulator;
  project = new ScriptedProject(url);
  project.write(
    "Pulumi.dev.yaml",
    `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`,
  );
  const services = await local.client.chat.v2.services.list();
  serviceSid = services.find(({ friendlyName }) => friendlyName === "Flex Chat Service")?.sid ?? "";
  const chat = local.client.chat.v2.services(serviceSid);
  const { dateCreated } = await chat.roles.create({
    friendlyName: "older",
    type: "channel",
    permission: ["leaveChannel"],
  });
  made = dateCreated.getTime();
});
beforeEach(() => {
  fault = () => undefined;
});
afterAll(() => project.remove());

const serviceWith = (inputs: Record<string, string>) =>
  state(chatService, "chat", { id: serviceSid, inputs, outputs: inputs });
const service = (friendlyName: string) => serviceWith({ friendlyName });
/** The state: the chat service, taken over at that time, and a role where it is given. */
const deployed = (created: string, ...roles: string[]): Answer => ({
  stdout: JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { urn: urnOf(chatService, "chat"), type: chatService, custom: true, id: serviceSid, created },
        ...roles.map((friendlyName) => ({
          urn: urnOf(role, friendlyName),
          type: role,
          custom: true,
          id: `${serviceSid}/RL1`,
          outputs: { friendlyName },
        })),
      ],
    },
  }),
});
const past = "2020-01-01T00:00:00Z";
const future = "2999-01-01T00:00:00Z";
/** So many milliseconds after the beginning of the second in which the role that nobody manages was made. */
const madeAnd = (milliseconds: number) => new Date(made + milliseconds).toISOString();
const clean: Answer = {
  events: [done(step("same", chatService, "chat", { old: service("Chat"), new: service("Chat") }))],
};
const refused = (message: string): Answer => ({
  events: [said("error", message, urnOf(chatService, "chat"))],
  code: 255,
  stderr: "error: refresh failed",
});

interface Report {
  result: string;
  drifts: { kind: string; title: string }[];
  notLookedInto: string[];
  unmanagedBefore: number;
}
async function drift(state: Answer, refresh: Answer, ...words: string[]) {
  project.answers({ "stack export": state, "refresh --preview-only": refresh });
  const { code, stdout, stderr } = await project.run("drift", "--json", ...words);
  return { code, stderr, report: JSON.parse(stdout) as Report };
}

describe("what is unmanaged", () => {
  test.each([
    ["is what was made since the stack is there", () => deployed(past), [], 7, ["older"], 0],
    ["is also what was made in that very second", () => deployed(madeAnd(999)), [], 7, ["older"], 0],
    ["is not what was made the second before", () => deployed(madeAnd(1000)), [], 0, [], 1],
    ["is not what was there before", () => deployed(future), [], 0, [], 1],
    ["is that too, when asked for", () => deployed(future), ["--unmanaged", "all"], 7, ["older"], 0],
    ["is not looked for, when not asked for", () => deployed(past), ["--unmanaged", "none"], 0, [], 0],
    [
      "is a second one beside what the stack manages",
      () => deployed(past, "agent"),
      [],
      7,
      ["agent", "older"],
      0,
    ],
  ] as const)("%s", async (_case, state, words, code, titles, before) => {
    const ended = await drift(state(), clean, ...words);
    expect(ended.report.drifts.map(({ title }) => title)).toEqual(titles);
    expect(ended.report.unmanagedBefore).toBe(before);
    expect(ended.code).toBe(code);
  });

  test("is a second one beside what Twilio made", async () => {
    const second = await local.client.flexApi.v1.flexFlow.create({
      friendlyName: "Flex Web Channel Flow",
      chatServiceSid: serviceSid,
      channelType: "web",
      integrationType: "external",
      "integration.url": "https://elsewhere.example.com/bot",
    });
    const { report } = await drift(deployed(past), clean);
    await local.client.flexApi.v1.flexFlow(second.sid).remove();
    expect(report.drifts.map(({ title }) => title)).toEqual(["older", "Flex Web Channel Flow"]);
    expect(report.drifts.at(-1)).toMatchObject({ id: second.sid });
  });

  test("can't be told where the credentials may not look, which is said", async () => {
    fault = ({ target }) =>
      target.includes("/Roles") ? { status: 403, code: 20403, message: "Not for you" } : undefined;
    const { report, code } = await drift(deployed(past), clean);
    expect(report.notLookedInto).toEqual([`chat.Role of ${serviceSid}: Not for you`]);
    expect(code).toBe(0);
  });

  test("is no question where what it was in is gone", async () => {
    fault = ({ target }) =>
      target.includes("/Roles") ? { status: 404, code: 20404, message: "Not found" } : undefined;
    expect((await drift(deployed(past), clean)).code).toBe(0);
  });

  test("is a failure where Twilio refuses the credentials", async () => {
    fault = () => ({ status: 401, code: 20003, message: "Authenticate" });
    const { code, stderr } = await drift(deployed(past), clean);
    expect(code).toBe(3);
    expect(stderr).toMatch(/: Authenticate \(HTTP 401, Twilio error 20003\)\.\n +fix: check /);
  });

  test("is a failure where Twilio can't say: that nothing was found would be a lie", async () => {
    fault = ({ target }) =>
      target.includes("/Roles") ? { status: 400, code: 20001, message: "Broken" } : undefined;
    const { code, stderr, report } = await drift(deployed(past), clean);
    expect(code).toBe(1);
    expect(stderr).toContain("Broken");
    expect(report).toMatchObject({ result: "failed" });
  });
});

test("what an update that did not come to its end had still to do is no drift, which is said", async () => {
  const words = "The last update or deletion of stack dev did not come to its end, or had targets:";
  const journal = ".pulumi/flex-stack/flex-messaging.dev.journal";
  expect((await drift(deployed(future), clean)).stderr).not.toContain(words);
  mkdirSync(dirname(join(project.folder, journal)), { recursive: true });
  project.write(journal, '{"urn":"","step":"run"}\n{"urn":"","step":"recorded"}\n');
  const { code, stderr } = await drift(deployed(future), clean);
  rmSync(join(project.folder, journal));
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining(
      `${words} what it had still to do is no drift. npx flex-stack preview --stack dev shows it.\n`,
    ),
  ]);
});

test("only reads: nothing but GET is sent, and Pulumi is asked for nothing that writes", async () => {
  const sent: string[] = [];
  fault = ({ method }) => {
    sent.push(method);
    return undefined;
  };
  await drift(deployed(past), clean);
  expect([...new Set(sent)]).toEqual(["GET"]);
  expect(project.calls().map(({ command }) => command)).toEqual(["refresh --preview-only"]);
});

test("a resource that could not be read fails the check", async () => {
  const { code, report, stderr } = await drift(
    deployed(future),
    refused("Twilio 20500 (500): Internal error"),
  );
  expect(code).not.toBe(0);
  expect(code).not.toBe(7);
  expect(report).toMatchObject({
    result: "failed",
    error: { why: expect.stringContaining("20500") as unknown },
  });
  expect(stderr).toContain("so nothing is known of its drift");
});

test("credentials that were changed since the last update are taken from the program", async () => {
  await drift(
    deployed(future),
    refused("Twilio does not accept the auth token for account AC1: Authenticate (HTTP 401)"),
  );
  const runs = project.calls().filter(({ command }) => command === "refresh --preview-only");
  expect(runs.map(({ args }) => args?.includes("--run-program=true"))).toEqual([false, true]);
});

test("a credential that somebody put at Twilio is told of, and stands in no report and no file", async () => {
  const edited: Answer = {
    events: [
      done(
        step("update", chatService, "flex-chat-service", {
          old: serviceWith({ postWebhookUrl: "https://a.example.com" }),
          new: serviceWith({ postWebhookUrl: "https://u:hunter2@a.example.com" }),
          diffs: ["postWebhookUrl"],
        }),
      ),
    ],
  };
  project.answers({ "stack export": deployed(past), "refresh --preview-only": edited });
  const configuration = project.read("Pulumi.dev.yaml");
  for (const format of ["text", "markdown", "json", "html"]) {
    const { stdout, stderr, code } = await project.run(
      "drift",
      "--unmanaged",
      "none",
      ...["--format", format],
    );
    expect(stdout).toMatch(/u:(\[secret\]|&#91;secret&#93;)/);
    expect(stdout + stderr).not.toContain("hunter2");
    expect(code).toBe(7);
  }
  const adopted = await project.run("drift", "--unmanaged", "none", "--fix", "adopt", "--yes");
  expect(adopted.stdout).toContain(
    "flex-chat-service postWebhookUrl: the account has a URL with a password, which belongs in no file.",
  );
  expect(adopted.stdout).not.toContain("hunter2");
  expect(project.read("Pulumi.dev.yaml")).toBe(configuration);
});

test("what the account has goes into the file that routingFile names", async () => {
  const queue = "twilio:taskrouter:TaskQueue";
  const named = (maxReservedWorkers: number) =>
    state(queue, "flex-routing-queue-all", {
      id: "WS1/WQ1",
      inputs: { maxReservedWorkers },
      outputs: { maxReservedWorkers },
    });
  const edited = step("update", queue, "flex-routing-queue-all", {
    old: named(2),
    new: named(7),
    diffs: ["maxReservedWorkers"],
  });
  project.answers({ "stack export": deployed(past), "refresh --preview-only": { events: [done(edited)] } });
  const configuration = project.read("Pulumi.dev.yaml");
  project.write(
    "Pulumi.dev.yaml",
    `${configuration}  flex-messaging:protect: false
  flex-messaging:routingFile: routing.yaml
  flex-messaging:chat: {}
  flex-messaging:proxy: {}
  flex-messaging:messagingFlow: {workflow: in, taskChannel: sms}
  flex-messaging:messageHandling: {kind: flex, numbers: {}}
`,
  );
  const routing = (most: number) =>
    `queues:
  all: {friendlyName: All, maxReservedWorkers: ${most}} # of us
taskChannels:
  sms: {friendlyName: SMS}
workflows:
  in: {friendlyName: In, defaultQueue: all}
`;
  project.write("routing.yaml", routing(2));
  const before = project.read("Pulumi.dev.yaml");
  const { code, stdout } = await project.run("drift", "--unmanaged", "none", "--fix", "adopt", "--yes");
  expect(stdout).toContain(
    "In routing.yaml:\n  flex-messaging:routing.queues.all.maxReservedWorkers: 2 → 7\n\nWrote routing.yaml.",
  );
  expect([code, project.read("routing.yaml"), project.read("Pulumi.dev.yaml")]).toEqual([
    0,
    routing(7),
    before,
  ]);
  project.write("Pulumi.dev.yaml", configuration);
});

test("a stack that is not there can't have drifted", async () => {
  const missing: Answer = { stderr: "error: no stack named 'dev' found\n", code: 6 };
  const { code, report } = await drift(missing, clean);
  expect(code).toBe(6);
  expect(report).toMatchObject({ result: "failed", error: { what: 'There is no stack "dev".' } });
});

test("a stack whose first update made nothing is not taken for one as it was left", async () => {
  const empty: Answer = { stdout: JSON.stringify({ version: 3, deployment: { resources: [] } }) };
  const { code, report } = await drift(empty, clean);
  expect(code).toBe(6);
  expect(report).toMatchObject({
    result: "failed",
    error: { what: 'Stack "dev" has nothing at Twilio yet.', fix: "npx flex-stack up --stack dev" },
  });
  expect(project.calls()).toEqual([]);
});

test("a baseline with a mistake is refused before anything is asked", async () => {
  project.answers({});
  project.write("drift.yaml", "accepted:\n  - resource: a\n    kind: deleted\n    comment: c\n");
  const { code, stderr } = await project.run("drift", "--baseline", "drift.yaml");
  expect(code).toBe(2);
  expect(stderr).toContain("drift.yaml:2:5 accepted[0].expires needs the last day on which it is accepted");
  expect(project.calls()).toEqual([]);
});

test.each([
  [["--baseline", "nowhere.yaml"], "The baseline nowhere.yaml can't be read."],
  [["--write-baseline"], "--write-baseline needs a file."],
  [["--format", "pdf"], "argument 'pdf' is invalid"],
])("%j is a mistake", async (words, message) => {
  const { code, stderr } = await project.run("drift", ...words);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("a report that was asked for as a file tells of a failure too", async () => {
  project.write("drift.md", "yesterday's");
  project.answers({
    "stack export": deployed(future),
    "refresh --preview-only": refused("Twilio 20500 (500): no"),
  });
  const { stdout } = await project.run("drift", "--format", "markdown", "--output", "drift.md");
  expect(stdout).toBe("");
  expect(project.read("drift.md")).toContain("Stack dev: the check for drift failed");
});

test("a revert asks, and no is no", async () => {
  project.write(
    "drift.yaml",
    "accepted:\n  - {resource: chat, property: postWebhookUrl, comment: moves, expires: 2999-12-31}\n",
  );
  project.answers({
    "stack export": deployed(past),
    "refresh --preview-only": {
      events: [
        done(
          step("update", chatService, "chat", {
            old: serviceWith({ friendlyName: "Chat", postWebhookUrl: "https://a.example.com" }),
            new: serviceWith({ friendlyName: "Chats", postWebhookUrl: "https://b.example.com" }),
            diffs: ["friendlyName", "postWebhookUrl"],
          }),
        ),
      ],
    },
  });
  const words = ["drift", "--fix", "revert", "--unmanaged", "none", "--baseline", "drift.yaml"];
  const nobody = await project.run(...words);
  expect(nobody.code).toBe(2);
  expect(nobody.stdout).toContain(
    "An update knows no baseline, so this reverts what is accepted, too:\n  chat postWebhookUrl\n",
  );
  expect(nobody.stderr).toContain("There is no terminal to ask on.");
  const no = await project.onTerminal(words, [[/Type yes to go on: /, "no\r"]]);
  expect(no.stdout).toContain("Nothing was changed.");
  expect(no.code).toBe(8);
  expect(project.calls().some(({ command }) => command === "up")).toBe(false);
});
