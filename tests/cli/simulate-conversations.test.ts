import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Centre, number } from "../journey/centre.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { ScriptedProject } from "./scripted-project.ts";

// The command on a Flex account that has Flex Conversations, and no Flex Flow.

const local = useLocalTwilio({ seed: "flex-conversations" });
let project: ScriptedProject;
let centre: Centre;

beforeAll(async () => {
  project = ScriptedProject.on(
    local.emulator,
    `  flex-messaging:messageHandling:\n    numbers:\n      main: { phoneNumber: "${number}", kind: conversations }\n`,
  );
  centre = new Centre(local.client, local.emulator);
  await centre.hire("alice");
  const flows = await local.client.studio.v2.flows.list();
  const flow = flows.find(({ friendlyName }) => friendlyName === "Messaging Flow");
  const [ours] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  await local.client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: "" });
  await local.client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: number,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow?.sid ?? "",
  });
});
afterAll(() => project.remove());

interface Told {
  readonly messages: readonly string[];
  readonly task: { readonly sid: string; readonly status: string } | null;
  readonly problem: string | null;
  readonly fix: string | null;
}
const simulate = (...words: string[]) => project.run("simulate", ...words);
const json = async (...words: string[]) =>
  JSON.parse((await simulate(...words, "--json")).stdout) as unknown as Told;
/** What does not differ from run to run; when the channel is set up, which takes a while of its own, does. */
const steady = (text: string) =>
  text
    .replaceAll(/^.* Interaction channel is active .*\n/gm, "")
    .replaceAll(/^\d\d:\d\d:\d\d/gm, "TIME")
    .replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…")
    .replaceAll(local.emulator.url, "URL");
const conversationsOf = (of: { address: string } | { identity: string }) =>
  local.client.conversations.v1.participantConversations.list(of);
const states = async (of: Parameters<typeof conversationsOf>[0]) =>
  (await conversationsOf(of)).map(({ conversationState }) => conversationState);
const agentEnds = ["--agent", "alice"];

describe("a text", () => {
  const from = "+14155550171";
  const text = ["sms", "--from", from, "--body", "Hello"];

  test("gets to an agent, who accepts by the invite, and back; then all is closed", async () => {
    const { code, stdout, stderr } = await simulate(
      ...text,
      "--media",
      "https://example.com/cat.png",
      ...agentEnds,
    );
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(steady(stdout)).toMatchInlineSnapshot(`
     "Local Twilio: using the one that listens on URL.
     TIME ✓ number      Message received on +14155550142  MM…
                            “Hello”
     TIME ✓ chat        Conversation opened by address IG…  CH…
     TIME ✓ chat        Message put into conversation CH…
     TIME ✓ studio      Studio execution started  FN…
     TIME ✓ task        Interaction opened  KD…
     TIME ✓ task        Task created by Studio  WT…
     TIME ✓ agent       Offered to alice  WR…
     TIME ✓ agent       alice: accepted  WR…
     TIME ✓ agent       alice joined the conversation  MB…
     TIME ✓ outbound    Message of alice sent to +14155550171  SM…
                            “Hello, this is alice.”
     TIME ✓ agent       alice: wrapping  WR…
     TIME ✓ completion  Interaction channel is closed  UO…
     TIME ✓ completion  Task completed  WT…
     TIME ✓ agent       alice: completed  WR…
     TIME ✓ completion  alice left the conversation  MB…

     The message reached alice.
     "
    `);
    const [found] = await conversationsOf({ address: from });
    const messages = await local.client.conversations.v1
      .conversations(found?.conversationSid ?? "")
      .messages.list();
    expect(messages.map(({ author, body, attributes }) => [author, body, attributes])).toEqual([
      [from, "Hello", '{"media":["https://example.com/cat.png"]}'],
      ["alice", "Hello, this is alice.", "{}"],
    ]);
  });

  test("that comes after the end opens another conversation, and goes on in it", async () => {
    const first = await json(...text);
    expect(await states({ address: from })).toEqual(["closed", "active"]);
    const second = await json(...text, ...agentEnds);
    expect(second.task?.sid).toBe(first.task?.sid);
    expect(await states({ address: from })).toEqual(["closed", "closed"]);
  });

  test("whose conversation lost its task is told to have been swallowed, and how it ends", async () => {
    const { task } = await json(...text);
    const workspace = await centre.workspace();
    await workspace.tasks(task?.sid ?? "").update({ assignmentStatus: "canceled", reason: "lost" });
    const { code, stdout } = await simulate(...text, ...agentEnds);
    expect(code).toBe(1);
    const conversationSid = (await conversationsOf({ address: from })).at(-1)?.conversationSid;
    expect(stdout.trimEnd().split("\n\n").at(-1)?.split("\n")).toEqual([
      `The message did not get through. The message went into a conversation whose task ${task?.sid} is canceled: it goes on without it, and no agent sees what the customer writes.`,
      `  fix: Run npx flex-stack diagnose --task ${task?.sid} --stack dev: it says what came of the task, and how to let the customer go.`,
    ]);
    await local.client.conversations.v1.conversations(conversationSid ?? "").update({ state: "closed" });
    expect((await json(...text, ...agentEnds)).problem).toBeNull();
  });
});

describe("a visitor of a web chat", () => {
  const chat = ["chat", "--identity", "jane", "--body", "Hi"];

  test("opens a conversation by the Address, and goes on in it until it is closed", async () => {
    const first = await json(...chat);
    expect(first).toMatchObject({ problem: null, task: { status: "reserved" } });
    const second = await json(...chat, ...agentEnds);
    expect(second.task).toEqual({ ...first.task, status: "completed" });
    expect(await states({ identity: "jane" })).toEqual(["closed"]);
    const third = await json(...chat, ...agentEnds);
    expect(third.task?.sid).not.toBe(first.task?.sid);
    expect(await states({ identity: "jane" })).toEqual(["closed", "closed"]);
  });

  test("nobody could come without an enabled Address", async () => {
    const { addressConfigurations } = local.client.conversations.v1;
    const [address] = await addressConfigurations.list({ type: "chat" });
    await addressConfigurations(address?.sid ?? "").update({ "autoCreation.enabled": false });
    const { code, stderr } = await simulate("chat", "--identity", "joe", "--body", "Hi");
    expect(code).toBe(1);
    expect(stderr).toContain("no enabled Address of type chat");
  });
});
