import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { number, useCentre } from "../journey/centre.ts";
import { useReceiver } from "../support/receiver.ts";
import { ScriptedProject } from "./scripted-project.ts";

// The command as a user runs it, on a local Twilio that is a Flex account with one agent.

const setting = useCentre();
const receiver = useReceiver();
let project: ScriptedProject;

beforeAll(async () => {
  project = ScriptedProject.on(
    setting.local.emulator,
    `  flex-messaging:messageHandling:\n    numbers:\n      main: { phoneNumber: "${number}" }\n`,
  );
  await setting.centre.hire("alice");
});
afterAll(() => project.remove());

const simulate = (...words: string[]) => project.run("simulate", "sms", ...words);

/** What differs from run to run. */
const steady = (text: string) =>
  text
    .replaceAll(/^\d\d:\d\d:\d\d/gm, "TIME")
    .replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…")
    .replaceAll(setting.local.emulator.url, "URL");

test("shows the whole circle, and ends with 0", async () => {
  const { code, stdout, stderr } = await simulate(
    "--from",
    "+14155550171",
    "--body",
    "Hello",
    "--agent",
    "alice",
  );
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(steady(stdout)).toMatchInlineSnapshot(`
   "Local Twilio: using the one that listens on URL.
   TIME ✓ number      Message received on +14155550142  SM…
                          “Hello”
   TIME ✓ chat        Chat channel opened by Flex Flow FO…  CH…
   TIME ✓ proxy       Proxy session opened  KC…
   TIME ✓ proxy       Message passed into session KC…
   TIME ✓ proxy       Interaction recorded  KI…
   TIME ✓ chat        Message put into chat channel CH…  IM…
   TIME ✓ studio      Studio execution started  FN…
   TIME ✓ task        Task created by Studio  WT…
   TIME ✓ agent       Offered to alice  WR…
   TIME ✓ agent       alice: accepted  WR…
   TIME ✓ agent       alice joined the chat channel  MB…
   TIME ✓ outbound    Message of alice sent to +14155550171  SM…
                          “Hello, this is alice.”
   TIME ✓ completion  Chat channel set to INACTIVE  CH…
   TIME ✓ completion  Proxy session closed  KC…
   TIME ✓ agent       alice: wrapping  WR…
   TIME ✓ completion  alice left the chat channel  MB…
   TIME ✓ completion  Proxy session deleted  KC…
   TIME ✓ agent       alice: completed  WR…
   TIME ✓ completion  Task completed  WT…

   The message reached alice.
   "
  `);
});

test("says which answers nothing asked for, and sends none of them", async () => {
  const from = "+14155550178";
  const words = ["--from", from, "--body", "Hello", "--agent", "alice", "--reply", "1", "2"];
  const text = await simulate(...words);
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(
    /\nThe last 2 of --reply were not sent: nothing asked for an answer any more\.\n$/,
  );
  const json = await simulate(...words, "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    reached: true,
    unasked: 2,
    messages: [expect.any(String)],
  });
  const received = await setting.local.client.messages.list({ from, to: number });
  expect(received.map(({ body }) => body)).toEqual(["Hello", "Hello"]);
});

test("the JSON has the task as the agent left it", async () => {
  const words = ["--from", "+14155550194", "--body", "Hello", "--agent", "alice", "--json"];
  const { code, stdout } = await simulate(...words);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    reached: true,
    task: { status: "completed", agents: ["alice"] },
    problem: null,
    fix: null,
  });
});

/** Works through what alice and bob have, so that they are free. */
async function finish(): Promise<void> {
  for (const name of ["alice", "bob"]) {
    const flex = await setting.centre.flex(name);
    for (const reservation of await flex.reservations("pending")) await flex.accept(reservation);
    for (const reservation of await flex.reservations("accepted")) await flex.complete(reservation);
  }
}

/** The last lines, without what differs from run to run. */
const ending = (text: string) => steady(text).trimEnd().split("\n\n").at(-1)?.split("\n");

describe("the reason why no agent has it", () => {
  beforeAll(async () => {
    await setting.centre.hire("bob", { activity: "Offline" });
  });

  test("who fits is not free: with what they are busy, and who is away", async () => {
    const first = await simulate("--from", "+14155550172", "--body", "Hello");
    expect(first.code).toBe(0);
    const { code, stdout } = await simulate("--from", "+14155550173", "--body", "Hello");
    expect(code).toBe(1);
    expect(ending(stdout)).toEqual([
      "The message did not get through. Task WT… is pending in queue Everyone. Whoever fits is not free: " +
        'alice: no capacity on channel "sms": 1/1, taken by task WT… (pending); bob: activity "Offline" is not available.',
      "  fix: Complete what they have, give them more capacity, or have older tasks served first with --answer.",
    ]);
  });

  test("the agent who was meant is busy with an older task, and stands first", async () => {
    const { code, stdout } = await simulate(
      "--from",
      "+14155550173",
      "--body",
      "Still there?",
      "--agent",
      "bob",
    );
    expect(code).toBe(1);
    expect(ending(stdout)?.[0]).toContain(
      'Whoever fits is not free: bob: activity "Offline" is not available; alice: no capacity',
    );
    await finish();
    await finish();
  });

  test("it went to another, who was chosen before, or because the one meant does not fit", async () => {
    const workspace = await setting.centre.workspace();
    const activities = await workspace.activities.list({ friendlyName: "Available" });
    const [bob] = await workspace.workers.list({ friendlyName: "bob" });
    await workspace.workers(bob?.sid ?? "").update({ activitySid: activities[0]?.sid });
    // Alice did something last, so bob is idle for longer.
    const [alice] = await workspace.workers.list({ friendlyName: "alice" });
    await workspace
      .workers(alice?.sid ?? "")
      .update({ activitySid: (await workspace.fetch()).defaultActivitySid });
    await setting.centre.advance(1);
    await workspace.workers(alice?.sid ?? "").update({ activitySid: activities[0]?.sid });
    const words = ["--from", "+14155550178", "--body", "Hello", "--agent", "alice"];
    const first = await simulate(...words);
    expect(ending(first.stdout)).toEqual([
      "The message did not get through. Task WT… went to bob, not to alice, who fits as well but comes after them: " +
        "by order_by, or because they were idle longer.",
    ]);
    const [queue] = await workspace.taskQueues.list({ friendlyName: "Everyone" });
    await workspace.taskQueues(queue?.sid ?? "").update({ targetWorkers: 'skill == "texts"' });
    const second = await simulate(...words);
    expect(ending(second.stdout)).toEqual([
      "The message did not get through. Task WT… went to bob, not to alice, who does not fit: " +
        'alice: not in queue Everyone: skill == "texts" is false: skill is missing.',
    ]);
    await finish();
    const nobody = await simulate("--from", "+14155550179", "--body", "Hello");
    expect(ending(nobody.stdout)?.slice(0, 2)).toEqual([
      expect.stringContaining(
        "Task WT… is pending in queue Everyone. No worker fits: alice: not in queue Everyone",
      ),
      "  fix: Change attributes of a worker, or the workflow.",
    ]);
    await workspace.taskQueues(queue?.sid ?? "").update({ targetWorkers: "1==1" });
    await finish();
  });
});

test("a second text goes on in the conversation that is open, with the agent who has it", async () => {
  const first = await simulate("--from", "+14155550181", "--body", "Hello", "--json");
  const { task } = JSON.parse(first.stdout) as { task: { sid: string; agents: string[] } };
  const [agent = ""] = task.agents;
  const flex = await setting.centre.flex(agent);
  const [reservation] = await flex.reservations("pending");
  await flex.accept(reservation!);
  const words = ["--from", "+14155550181", "--media", "https://example.com/picture.png"];
  const { code, stdout } = await simulate(...words, "--agent", agent, "--json");
  expect(code).toBe(0);
  const second = JSON.parse(stdout) as { task: object; entries: { text: string; stage: string }[] };
  expect(second.task).toMatchObject({ sid: task.sid });
  const texts = second.entries.map(({ text }) => steady(text));
  expect(texts.filter((text) => text === "Proxy session opened")).toHaveLength(1);
  // Two tasks would be two conversations.
  expect(texts.filter((text) => text === "Task created by Studio")).toHaveLength(1);
  expect(texts).toContain(`${agent}: completed`);
});

describe("a visitor of a web chat", () => {
  const chat = (...words: string[]) => project.run("simulate", "chat", ...words);

  test("opens a conversation, and goes on in it until it is over", async () => {
    const first = await chat("--body", "Hi", "--json");
    expect(first.code).toBe(0);
    const opened = JSON.parse(first.stdout) as { task: { sid: string; agents: string[] } };
    const [agent = ""] = opened.task.agents;
    const words = ["--media", "https://example.com/cart.png", "--agent", agent];
    const second = await chat(...words);
    expect(second.stderr).toBe("");
    expect(ending(second.stdout)).toEqual([`The message reached ${agent}.`]);
    expect(second.stdout).toContain(opened.task.sid);

    const { client } = setting.local;
    const [service] = await client.chat.v2.services.list();
    const [web] = await client.flexApi.v1.webChannel.list();
    const messages = await client.chat.v2
      .services(service?.sid ?? "")
      .channels(web?.sid ?? "")
      .messages.list();
    expect(messages.map(({ from, body, attributes }) => [from, body, attributes])).toEqual([
      ["visitor", "Hi", "{}"],
      ["visitor", "", '{"media":["https://example.com/cart.png"]}'],
      [agent, `Hello, this is ${agent}.`, "{}"],
    ]);

    const third = await chat("--body", "Me again", "--identity", "visitor", "--json");
    expect((JSON.parse(third.stdout) as typeof opened).task.sid).not.toBe(opened.task.sid);
    expect(await client.flexApi.v1.webChannel.list()).toHaveLength(2);
    await finish();
  });

  test("nobody could come without a Flex Flow for them", async () => {
    const { flexFlow } = setting.local.client.flexApi.v1;
    const [flow] = await flexFlow.list({ friendlyName: "Flex Web Channel Flow" });
    await flexFlow(flow?.sid ?? "").update({ enabled: false });
    const { code, stderr } = await chat("--body", "Hi", "--identity", "other");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "error: The account has no enabled Flex Flow of channel type web and no enabled Address of type chat",
    );
    await flexFlow(flow?.sid ?? "").update({ enabled: true });
  });
});

test("who is full on one channel is told with the tasks of that channel only", async () => {
  await finish();
  const chat = await project.run("simulate", "chat", "--body", "Hi", "--identity", "other", "--json");
  const { task } = JSON.parse(chat.stdout) as { task: { sid: string } };
  for (const from of ["+14155550191", "+14155550192"])
    expect((await simulate("--from", from, "--body", "Hello")).code).toBe(0);
  const { code, stdout } = await simulate("--from", "+14155550193", "--body", "Hello");
  expect(code).toBe(1);
  expect(stdout).not.toContain(task.sid);
  expect(ending(stdout)?.[0]).toMatch(
    /Whoever fits is not free: (?:\w+: no capacity on channel "sms": 1\/1, taken by task WT… \(pending\)(?:; |\.$)){2}/,
  );
  await finish();
  await finish();
});

test("who has no capacity at all is said to be busy with nothing", async () => {
  const workspace = await setting.centre.workspace();
  const channels = (await workspace.workers.list()).map(({ sid }) =>
    workspace.workers(sid).workerChannels("sms"),
  );
  for (const channel of channels) await channel.update({ capacity: 0 });
  const { code, stdout } = await simulate("--from", "+14155550179", "--body", "Hello");
  expect(code).toBe(1);
  expect(ending(stdout)?.[0]).toMatch(/alice: no capacity on channel "sms": 0\/0(; |\.$)/);
  for (const channel of channels) await channel.update({ capacity: 1 });
});

test("prints one JSON document", async () => {
  const { code, stdout } = await simulate(
    "--from",
    "+14155550174",
    "--body",
    "Hello",
    "--to",
    "+12065550187",
    "--json",
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    reached: false,
    task: null,
    problem: "+12065550187 has no SmsUrl: nobody gets the message",
    entries: [{ stage: "number" }, { stage: "handler", code: 0 }],
  });
});

test.each([
  [
    ["--from", "4155550174", "--body", "Hello"],
    'error: --from "4155550174" is no phone number: it must be E.164.\n' +
      "  fix: Write it with + and the code of the country, e.g. --from +14155550170.",
  ],
  [
    ["--from", "+14155550174", "--body", "Hello", "--to", "+12065550100"],
    "error: +12065550100 is no number of the account; a message to it would not come in here.\n" +
      `  fix: Write to one of these with --to: ${number}, +12065550187, +13125550163.`,
  ],
  [["--from", "+14155550174", "--media", "cart.png"], '--media "cart.png" is no address of the web.'],
  [["--body", "Hello"], "required option '--from <number>' not specified"],
  [["--from", "+14155550174"], "There is nothing to send."],
  [["--from", "+14155550174", "--body", ""], "There is nothing to send."],
  [["--from", number, "--body", "Hello"], `${number} can't write to itself`],
])("refuses %j", async (words, reason) => {
  const { code, stderr } = await simulate(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
  // Nothing of it came in.
  expect(await setting.local.client.messages.list({ from: "+14155550174", to: number })).toEqual([]);
});

test.each([
  ["a text", ["--body", "x".repeat(1601)], "--body has 1601 characters; a message has up to 1600."],
  ["an answer", ["--body", "Hi", "--reply", "1", "x".repeat(1601)], "--reply has 1601 characters;"],
  ["a list of files", ["--media", ...Array<string>(11).fill("https://example.com/1.png")], "names 11 files"],
])("refuses %s that is too long before anything is sent", async (_what, words, reason) => {
  const { code, stderr } = await simulate("--from", "+14155550175", ...words);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
  expect(await setting.local.client.messages.list({ from: "+14155550175" })).toEqual([]);
});

test.each([
  [["simulate"], "Usage: flex-stack simulate"],
  [["simulate", "fax", "--body", "Hello"], "unknown command 'fax'"],
  [["simulate", "chat", "--body", "Hello", "--identity", ""], "--identity is empty."],
  [["simulate", "chat"], "There is nothing to send."],
  [["simulate", "chat", "--body", "Hello", "--from", "+14155550174"], "unknown option '--from'"],
])("refuses %j", async (words, reason) => {
  const { code, stderr } = await project.run(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
});

test("an agent who is not there is told with the ones who are", async () => {
  const { stderr, code } = await simulate("--from", "+14155550175", "--body", "Hello", "--agent", "eve");
  expect(code).toBe(1);
  expect(stderr).toContain("There is no worker eve (known: alice, bob).");
});

test("Ctrl-C does not wait for a handler that gives no answer", async () => {
  const numbers = setting.local.client.incomingPhoneNumbers;
  const [other] = await numbers.list({ phoneNumber: "+12065550187" });
  await numbers(other?.sid ?? "").update({ smsUrl: `${receiver.url}/sms` });
  receiver.answer = () => "hang";
  const words = ["--from", "+14155550176", "--to", "+12065550187", "--body", "Hello"];
  const { child, ended } = project.start(["simulate", "sms", ...words]);
  while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const start = performance.now();
  child.kill("SIGINT");
  const { code, stderr } = await ended;
  // A handler has 15 seconds.
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(code).toBe(130);
  expect(stderr).toBe("error: Stopped before there was a result.\n");
  await numbers(other?.sid ?? "").update({ smsUrl: "" });
}, 30_000);

test("a local Twilio that stops answering is told as that", async () => {
  const { url } = setting.local.emulator;
  await setting.local.own("POST", "/faults", { host: "flex-api", drop: "before" });
  const words = ["--from", "+14155550177", "--body", "Hello", "--agent", "alice"];
  const { code, stderr } = await simulate(...words);
  await setting.local.own("DELETE", "/faults");
  expect(code).toBe(1);
  expect(stderr).toBe(
    `error: The local Twilio on ${url} stopped answering.\n` +
      "  why: socket hang up\n" +
      "  fix: Look whether it still runs, start it with npx flex-stack emulator, and try again: it keeps what it acknowledged.\n",
  );
});

test("what a fault refuses, and a wrong token, are told with what to do", async () => {
  await setting.local.own("POST", "/faults", { host: "taskrouter", error: { status: 500 } });
  const words = ["--from", "+14155550177", "--body", "Hello", "--agent", "alice"];
  const faulty = await simulate(...words);
  await setting.local.own("DELETE", "/faults");
  expect(faulty).toMatchObject({
    code: 1,
    stderr:
      "error: The local Twilio refused a request with 500: Internal Server Error (20500).\n" +
      "  fix: Look whether a fault is set (GET /_emulator/faults), and what npx flex-stack emulator says.\n",
  });
  const config = project.read("Pulumi.dev.yaml");
  project.write("Pulumi.dev.yaml", config.replace(setting.local.emulator.authToken, "wrong-token"));
  const { code, stderr } = await simulate("--from", "+14155550177", "--body", "Hello");
  const { accountSid } = setting.local.emulator;
  project.write("Pulumi.dev.yaml", config.replace(accountSid, "AC123"));
  const malformed = await simulate("--from", "+14155550177", "--body", "Hello");
  project.write("Pulumi.dev.yaml", config);
  expect(malformed.code).toBe(2);
  expect(malformed.stderr).toContain('must be AC and 32 hexadecimal digits, and is "AC123".');
  expect(code).toBe(3);
  expect(stderr).toContain("error: The local Twilio refused a request with 401: ");
  expect(stderr).toContain("fix: Give the stack the twilio:accountSid and twilio:authToken that");
  expect(stderr).not.toContain("wrong-token");
});

test("a stack at Twilio is refused: a message would reach a phone", async () => {
  const words = ["simulate", "sms", "--from", "+14155550176", "--body", "Hello", "--stack", "prod"];
  const { code, stderr } = await project.start(words, { PULUMI_CONFIG_PASSPHRASE: "secret" }).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('Stack "prod" is not on a local Twilio.');
});
