import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { useCentre } from "../journey/centre.ts";
import { freePort } from "../support/freePort.ts";
import { ScriptedProject } from "./scripted-project.ts";

// `flex-stack simulate sms` to a number on Flex Conversations, as a user runs it: what of it is told otherwise than of Chat.

const setting = useCentre();
const web = "+13125550163";
let project: ScriptedProject;
let addressSid: string;

beforeAll(async () => {
  const { emulator, client } = setting.local;
  project = ScriptedProject.on(emulator);
  await setting.centre.hire("alice");
  const workspace = await setting.centre.workspace();
  const flow = await client.studio.v2.flows.create({
    friendlyName: "Conversations",
    status: "published",
    definition: {
      description: "To whoever is there",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [{ event: "incomingConversationMessage", next: "Agent" }],
          properties: { offset: { x: 0, y: 0 } },
        },
        {
          name: "Agent",
          type: "send-to-flex",
          transitions: [],
          properties: {
            offset: { x: 0, y: 200 },
            workflow: (await workspace.workflows.list())[0]?.sid ?? "",
            channel: (await workspace.taskChannels("sms").fetch()).sid,
            attributes: "{}",
          },
        },
      ],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    },
  });
  const { sid } = await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: web,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow.sid,
  });
  addressSid = sid;
});
afterAll(() => project.remove());

const simulate = (from: string, ...words: string[]) =>
  project.run("simulate", "sms", "--from", from, "--to", web, ...words);

/** The last lines, without what differs from run to run. */
const ending = (text: string) =>
  text
    .replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…")
    .trimEnd()
    .split("\n\n")
    .at(-1)
    ?.split("\n");

test("an agent accepts by the invite, answers and completes", async () => {
  const { code, stdout } = await simulate("+14155550171", "--body", "Hello", "--agent", "alice");
  expect(ending(stdout)).toEqual(["The message reached alice."]);
  expect(code).toBe(0);
  expect(stdout).toContain("Message of alice sent to +14155550171");
});

test("an agent whose role lacks sendMessage can't answer, as in a browser", async () => {
  const { client } = setting.local;
  const [service] = await client.conversations.v1.services.list();
  const { roles } = client.conversations.v1.services(service?.sid ?? "");
  const agent = (await roles.list()).find(({ friendlyName }) => friendlyName === "agent");
  const { permissions, sid } = agent ?? { permissions: [], sid: "" };
  await roles(sid).update({ permission: permissions.filter((one) => one !== "sendMessage") });
  const words = ["--body", "Hello", "--agent", "alice"];
  const { code, stdout } = await simulate("+14155550172", ...words);
  await roles(sid).update({ permission: permissions });
  expect(code).toBe(1);
  expect(ending(stdout)).toEqual([
    "The message did not get through. alice was refused: User unauthorized for command: role agent lacks sendMessage (50107)",
  ]);
  expect(stdout).not.toContain("Message of alice sent");
  // With the permission the same agent goes on.
  expect((await simulate("+14155550172", ...words)).code).toBe(0);
});

test("a text that goes where a task was canceled is told as seen by nobody, with the command that helps", async () => {
  const from = "+14155550173";
  const first = await simulate(from, "--body", "Hello", "--json");
  const { task } = JSON.parse(first.stdout) as { task: { sid: string } };
  const workspace = await setting.centre.workspace();
  await workspace.tasks(task.sid).update({ assignmentStatus: "canceled", reason: "test" });
  const { code, stdout } = await simulate(from, "--body", "Still there?", "--agent", "alice");
  expect(code).toBe(1);
  expect(ending(stdout)).toEqual([
    "The message did not get through. The message went into a conversation whose task WT… is canceled: it goes on without it, and no agent sees what the customer writes.",
    "  fix: Run npx flex-stack diagnose --task WT… --stack dev: it says what came of the task, and how to let the customer go.",
  ]);
  const advised = stdout.match(/npx flex-stack (diagnose --task \S+ --stack dev):/)?.[1] ?? "";
  const told = await project.run(...advised.split(" "));
  expect(told.code).toBe(15);
  expect(told.stdout).toMatch(
    /was canceled: test\.\n {2}fix: .* Close the conversation: .*\n {2}command: curl /,
  );
});

test("who fits and is away is told with the command that brings them back", async () => {
  const workspace = await setting.centre.workspace();
  const [offline] = await workspace.activities.list({ friendlyName: "Offline" });
  const [available] = await workspace.activities.list({ friendlyName: "Available" });
  const [alice] = await workspace.workers.list({ friendlyName: "alice" });
  const worker = workspace.workers(alice?.sid ?? "");
  await worker.update({ activitySid: offline?.sid ?? "" });
  const { code, stdout } = await simulate("+14155550175", "--body", "Hello");
  expect(code).toBe(1);
  expect(ending(stdout)).toEqual([
    'The message did not get through. Task WT… is pending in queue Everyone. Whoever fits is not free: alice: activity "Offline" is not available.',
    "  fix: Set one of them to an available activity: npx flex-stack agent NAME --activity Available --stack dev.",
  ]);
  await worker.update({ activitySid: available?.sid ?? "" });
});

test("who is called by a webhook and does not answer is told", async () => {
  // Nothing listens there.
  const url = `http://127.0.0.1:${await freePort()}/conversations`;
  await setting.local.client.conversations.v1.addressConfigurations(addressSid).update({
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": url,
    "autoCreation.webhookMethod": "post",
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  const { code, stdout } = await simulate("+14155550174", "--body", "Hello", "--reply", "1");
  expect(code).toBe(1);
  expect(ending(stdout)).toEqual([
    "The message did not get through. Nothing made a task of it, and nobody answered who may have to: " +
      `Webhook ${url} failed for onMessageAdded: ECONNREFUSED.`,
    "  fix: Start the program that makes tasks of messages, and let the customer write again.",
    "The last of --reply was not sent: nothing asked for an answer any more.",
  ]);
});
