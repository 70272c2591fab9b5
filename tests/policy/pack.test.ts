import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { dump, load } from "js-yaml";
import { localTwilio } from "../support/localTwilio.ts";
import { agentPermissions as declared } from "../../components/chat-service/agent-role.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { guardedTypes } from "../../flex-stack/guard/guarded-types.ts";
import { protectedTypes } from "../../policy/rules/account/protected.ts";
import { standard } from "../../policy/rules/chat/agent-role.ts";
import { rules } from "../../policy/rules/index.ts";

// The pack as Pulumi runs it, by the project's own language host, on the stack dev with a local Twilio of its own.

jest.setTimeout(180_000);
const root = fileURLToPath(new URL("../..", import.meta.url));
let emulator: Emulator;
/** A copy of the project, whose program the test may spoil. */
let project: string;

beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0 });
  project = await mkdtemp(join(tmpdir(), "policy-"));
  for (const folder of ["node_modules", "policy", "provider"])
    await symlink(join(root, folder), join(project, folder));
  for (const file of ["package.json", "Pulumi.yaml"]) await cp(join(root, file), join(project, file));
  await cp(join(root, "Pulumi.dev.yaml"), join(project, "Pulumi.dev.yaml"));
  await configure("twilio:endpoint", emulator.url);
});

afterAll(async () => {
  await emulator.close();
  await rm(project, { recursive: true });
});

async function configure(key: string, value: unknown, stack = "dev"): Promise<void> {
  const file = join(project, `Pulumi.${stack}.yaml`);
  const settings = load(await readFile(file, "utf8")) as { config: Record<string, unknown> };
  settings.config[key] = value;
  await writeFile(file, dump(settings));
}

/** Takes this file for the program. */
const programIn = (file: string) =>
  writeFile(
    join(project, "index.ts"),
    `await import(${JSON.stringify(pathToFileURL(join(root, "tests/policy", file)).href)});\n`,
  );

/** Writes the program: the project's own, after these lines. */
const program = (...before: string[]) =>
  writeFile(
    join(project, "index.ts"),
    [...before, `await import(${JSON.stringify(pathToFileURL(join(root, "index.ts")).href)});`, ""].join(
      "\n",
    ),
  );

interface Outcome {
  code: number;
  stdout: string;
  /** Both streams. */
  output: string;
}

/** `flex-stack preview`, with these options. */
function preview(...options: string[]): Promise<Outcome> {
  return previewWith({}, ...options);
}

function previewWith(variables: Record<string, string>, ...options: string[]): Promise<Outcome> {
  const args = [join(root, "cli/main.ts"), "preview", "--cwd", project, ...options];
  const env = { ...process.env, NO_COLOR: "1", PULUMI_BACKEND_URL: `file://${project}`, ...variables };
  return new Promise((resolve) => {
    execFile(join(root, "node_modules/.bin/node"), args, { env }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === "number" ? error.code : error ? -1 : 0,
        stdout,
        output: stdout + stderr,
      }),
    );
  });
}

test("the stack dev passes every rule, advisory ones too", async () => {
  await program();
  const { code, output } = await preview();
  expect(output).toMatch(/Stack dev: \d+ to create, \d+ to adopt/);
  expect(output).not.toContain("flex-messaging/");
  expect(code).toBe(0);
});

test("one more permission of the agent role is refused, with the exit code of policies", async () => {
  await program(
    'import * as pulumi from "@pulumi/pulumi";',
    "pulumi.runtime.registerResourceTransform(({ name, props, opts }) =>",
    '  name === "flex-chat-role-agent"',
    '    ? { props: { ...props, permissions: [...props.permissions, "deleteAnyMessage"] }, opts }',
    "    : undefined,",
    ");",
  );
  const { code, output } = await preview();
  expect(output).toContain(
    'flex-chat-role-agent.permissions[7] is "deleteAnyMessage", which the agent role must not have. ' +
      "Fix: Remove deleteAnyMessage, or give it to a role of another name.",
  );
  expect(code).toBe(5);

  // Plain Pulumi has one exit code for all that fails.
  const env = {
    ...process.env,
    PATH: [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
    PULUMI_BACKEND_URL: `file://${project}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    TWILIO_AUTH_TOKEN: emulator.authToken,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const plain = (...args: string[]) =>
    new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile("pulumi", [...args, "--non-interactive"], { cwd: project, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, output: stdout + stderr }),
      );
    });
  await plain("stack", "init", "dev");
  const refused = await plain("preview", "--stack", "dev", "--policy-pack", "policy");
  expect(refused.output).toContain('flex-chat-role-agent.permissions[7] is "deleteAnyMessage"');
  expect(refused.code).toBe(1);
});

test("a stack may say that it only wants to hear of it, or that this one is meant", async () => {
  await configure("flex-messaging:policy", { "agent-role-permissions": "warning" });
  const wrong = await preview();
  expect(wrong.code).toBe(2);
  expect(wrong.output).toContain(
    "error: 1 problem in the configuration of stack dev (Pulumi.dev.yaml): " +
      'flex-messaging:policy.agent-role-permissions is "warning"; set one of mandatory, advisory, disabled.\n',
  );
  expect(wrong.output).not.toMatch(/\[runtime\]|policy pack/);

  await configure("flex-messaging:policy", {
    "agent-role-permissions": { meant: ["flex-chat-role-agent", "flex-chat-role-other"] },
  });
  const meant = await preview();
  expect(meant.output).toContain(
    'flex-chat-role-agent.permissions[7] is "deleteAnyMessage", which the agent role must not have, and is meant so.',
  );
  expect(meant.output).toContain('"flex-chat-role-other" breaks agent-role-permissions nowhere.');
  expect(meant.code).toBe(0);

  await configure("flex-messaging:policy", { "agent-role-permissions": "advisory" });
  const advised = await preview();
  expect(advised.output).toContain(
    "warning: flex-messaging/agent-role-permissions: The agent role has exactly",
  );
  expect(advised.code).toBe(0);
});

/** Which resource breaks a rule, and what is told of it. */
type Broken = Record<string, [resource: string | undefined, told: string]>;

const nines = (prefix: string) => prefix + "9".repeat(32);
const filters = "configuration.task_routing.filters[0]";

/** By resources in spoiled-local.ts. */
const brokenLocally: Broken = {
  "agent-role-permissions": [
    "spoiled-role",
    "spoiled-role.permissions lacks sendMessage, sendMediaMessage, leaveChannel, editChannelAttributes, editOwnMessage, editOwnMessageAttributes, deleteOwnMessage.",
  ],
  "agent-role-type": ["spoiled-role", 'spoiled-role.type is "deployment".'],
  "agent-role-exists": ["spoiled-chat", "spoiled-chat has no agent role."],
  "agent-role-unique": [
    "spoiled-role",
    'spoiled-role.friendlyName is "agent", as that of flex-chat-role-agent.',
  ],
  "chat-default-roles": [
    "spoiled-chat",
    `spoiled-chat.defaultServiceRoleSid points users in the service at ${nines("RL")}.`,
  ],
  "flex-number-complete": [
    "spoiled-flex-number",
    "spoiled-flex-number.smsUrl goes to Flex, which has no Flex Flow for +12065550111.",
  ],
  "custom-number-excludes-flex": [
    "spoiled-flow",
    "spoiled-flow.enabled is true for +12065550112, whose messages go to a handler of its own (spoiled-own-number.smsApplicationSid).",
  ],
  "conversations-answer-alone": [
    "spoiled-talk-number",
    "spoiled-talk-number.smsUrl is set, and so answers +12065550115 beside the conversations of spoiled-address.",
  ],
  "conversations-stay-alone": [
    "spoiled-pool",
    "spoiled-pool keeps +12065550116 in a pool of Proxy, though its messages open conversations (spoiled-handled-address).",
  ],
  "address-opens-in-flex": [
    "spoiled-address",
    `spoiled-address.autoCreation.conversationServiceSid is ${nines("IS")}, and Flex's is FLEX.`,
  ],
  "address-service-is-flex": [
    "spoiled-handled-address",
    `spoiled-handled-address.autoCreation.conversationServiceSid is ${nines("IS")}, and Flex's is FLEX.`,
  ],
  "address-flow-hears-conversations": [
    "spoiled-deaf",
    "spoiled-deaf.definition.states[0].transitions leads nowhere on incomingConversationMessage, with which spoiled-address starts the flow.",
  ],
  "conversations-are-closed": [
    "flex-conversations-configuration",
    "flex-conversations-configuration.defaultClosedTimer is not set, and flex-number-web-address opens conversations.",
  ],
  "no-hook-before-conversations": [
    "spoiled-hook",
    "spoiled-hook.filters[0] is onConversationAdd, and preWebhookUrl may refuse a conversation.",
  ],
  "number-has-one-handler": [
    "spoiled-own-number",
    `spoiled-own-number.smsApplicationSid is ${nines("AP")}, which gets the messages in place of smsUrl.`,
  ],
  "chat-handlers-exclusive": [
    "spoiled-studio",
    "spoiled-studio.type is studio, and spoiled-webhook handles messages of the same channel.",
  ],
  "workflow-is-valid": [
    "spoiled-valid",
    `spoiled-valid.${filters}.expression unexpected "=" at character 10, expecting OPERAND (write ==).`,
  ],
  "workflow-is-effective": [
    "spoiled-effective",
    `spoiled-effective.${filters}.expression can never be true: no task matches this filter.`,
  ],
  "workflow-has-no-idle-part": [
    "spoiled-idle",
    `spoiled-idle.${filters}.expression is off: no task matches this filter.`,
  ],
  "workflow-has-default": [
    "spoiled-default",
    "spoiled-default.configuration.task_routing.default_filter is missing.",
  ],
  "queue-has-workers": [
    "spoiled-queue",
    "spoiled-queue.targetWorkers can never be true: no worker is in this queue.",
  ],
  "targeted-routing-expression": [
    "spoiled-targeted",
    `spoiled-targeted.${filters}.targets[0].expression compares targetWorker with worker.contact_uri, of which one finds nothing: in a target names start with \`task.\` or \`worker.\`.`,
  ],
  "targeted-routing-attribute": [
    "spoiled-attribute",
    `spoiled-attribute.${filters}.targets[0].expression compares targetWorker with worker.sid.`,
  ],
  "targeted-routing-way-out": [
    "spoiled-way-out",
    `spoiled-way-out.${filters}.targets[0] has neither timeout nor skip_if: its tasks wait for one worker, and targets[1] is never reached.`,
  ],
  "targeted-routing-alone": [
    "spoiled-alone",
    `spoiled-alone.${filters}.targets[0] is for the one worker whom the task names, however long that worker is away.`,
  ],
  "messages-outlast-one-worker": [
    "spoiled-dropping",
    `spoiled-dropping.${filters}.targets[0] is the last way for its tasks, and only for one worker: they are canceled after its timeout.`,
  ],
  "worker-contact-uri": ["spoiled-worker", "spoiled-worker.attributes.contact_uri is missing."],
  "task-channels-exist": [
    "spoiled-flow",
    "spoiled-flow.integration.channel is partners, and there is no task channel of that name.",
  ],
  "plugin-shows-task-channels": [
    "flex-configuration",
    "flex-configuration.attributes.flexMessaging.taskChannels lacks letters, which the stack declares.",
  ],
  "references-are-declared": [
    "spoiled-flow",
    `spoiled-flow.integration.workflowSid is ${nines("WW")}, a workflow that the stack does not declare.`,
  ],
  "no-plain-credentials": ["spoiled-own-number", "spoiled-own-number.smsUrl holds a URL with a password."],
};

/** By spoiled-account.ts and its configuration: these spare a local Twilio. */
const brokenAtTwilio: Broken = {
  "webhooks-use-https": ["number", "number.smsUrl is http://handler.acme-support.com/sms."],
  "webhooks-are-public": ["number", "number.smsFallbackUrl is at 10.1.2.3, which only some networks know."],
  "message-path-protected": ["number", "number is not protected."],
  "config-has-no-plain-credentials": [
    undefined,
    "flex-messaging:chat.crm.apiKey is plain text in the configuration.",
  ],
};

interface Report {
  rulesHeld: number;
  policies: { rule: string; level: string; resource?: string; message: string }[];
}

/** The report of a preview: what each rule that does not hold says, the first by alphabet. */
function brokenIn({ stdout }: Outcome): { held: number; broken: Broken; levels: string[] } {
  const { rulesHeld, policies } = JSON.parse(stdout) as Report;
  const broken: Broken = {};
  for (const { rule, resource, message } of policies.toSorted((a, b) => (a.message < b.message ? -1 : 1))) {
    const told = (message.split("\n").at(-1)?.split(" Fix: ")[0] ?? "").replace(
      /(?<=Flex's is )IS\w+/,
      "FLEX",
    );
    broken[rule] ??= [resource, told];
  }
  return { held: rulesHeld, broken, levels: policies.map(({ level }) => level) };
}

describe("each rule refuses what breaks it, in Pulumi's own preview", () => {
  test("there is a spoiled resource for each", () => {
    const broken = [...Object.keys(brokenLocally), ...Object.keys(brokenAtTwilio)].sort();
    expect(broken).toEqual(rules.map(({ id }) => id).sort());
  });

  test("on a local Twilio", async () => {
    await programIn("spoiled-local.ts");
    const mandatory = rules.filter(({ level }) => level === "advisory").map(({ id }) => [id, "mandatory"]);
    await configure("flex-messaging:policy", Object.fromEntries(mandatory));
    await localTwilio(emulator).chat.v2.services.create({ friendlyName: "Flex Conversation Service" });
    const outcome = await preview("--format", "json");
    const { held, broken, levels } = brokenIn(outcome);
    expect(broken).toEqual(brokenLocally);
    // Of a kind whose resources have SIDs already, too.
    expect(outcome.stdout).toContain(
      `spoiled-reference.integration.flowSid is ${nines("FW")}, a flow that the stack does not declare.`,
    );
    expect(held).toBe(Object.keys(brokenAtTwilio).length);
    expect(new Set(levels)).toEqual(new Set(["mandatory"]));
    expect(outcome.code).toBe(5);
  });

  test("at Twilio, and none refuses what is good", async () => {
    await programIn("spoiled-account.ts");
    // Any address that is not of this machine by its name counts as Twilio's.
    const config = {
      "twilio:accountSid": emulator.accountSid,
      "twilio:endpoint": emulator.url.replace("127.0.0.1", "0.0.0.0"),
      "flex-messaging:chat": { crm: { apiKey: "abc" } },
    };
    const required = ["protect", "routing", "proxy", "messagingFlow", "messageHandling"];
    const empty = required.map((key) => [`flex-messaging:${key}`, key === "protect" ? true : {}]);
    await writeFile(
      join(project, "Pulumi.prod.yaml"),
      dump({ config: { ...Object.fromEntries(empty), ...config } }),
    );
    const variables = { TWILIO_AUTH_TOKEN: emulator.authToken, PULUMI_CONFIG_PASSPHRASE: "passphrase" };
    const options = ["--stack", "prod", "--format", "json"];

    const bad = await previewWith({ ...variables, SPOILED: "1" }, ...options);
    const { held, broken, levels } = brokenIn(bad);
    expect(broken).toEqual(brokenAtTwilio);
    expect(held).toBe(Object.keys(brokenLocally).length);
    expect(new Set(levels)).toEqual(new Set(["mandatory"]));
    expect(bad.code).toBe(5);

    await configure("flex-messaging:chat", { crm: { name: "abc" } }, "prod");
    const good = await previewWith(variables, ...options);
    expect(brokenIn(good)).toEqual({ held: rules.length, broken: {}, levels: [] });
    expect(good.code).toBe(0);
  });
});

test("the pack and the component mean the same permissions, though neither knows the other", () => {
  expect([...standard.chat.permissions]).toEqual([...declared]);
});

test("the pack and the guard on deletions mean the same resources, though neither knows the other", () => {
  expect([...guardedTypes].sort()).toEqual([...protectedTypes].sort());
});
