import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { number, useCentre } from "../journey/centre.ts";
import { ScriptedProject } from "./scripted-project.ts";

// The command as a user runs it, on a local Twilio that is a Flex account with one agent.

const setting = useCentre();
let project: ScriptedProject;

beforeAll(async () => {
  const { url, accountSid, authToken } = setting.local.emulator;
  project = new ScriptedProject(url);
  project.write(
    "Pulumi.dev.yaml",
    `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n` +
      `  flex-messaging:messageHandling:\n    numbers:\n      main: { phoneNumber: "${number}" }\n`,
  );
  project.answers({});
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
   TIME ✓ chat        Chat channel opened by Flex Flow FO…  CH…
   TIME ✓ proxy       Proxy session opened  KC…
   TIME ✓ proxy       Message passed into session KC…
   TIME ✓ proxy       Interaction recorded  KI…
   TIME ✓ chat        Message put into chat channel CH…  IM…
   TIME ✓ studio      Studio execution started  FN…
   TIME ✓ task        Task created by Studio  WT…
   TIME ✓ agent       Offered to alice  WR…
   TIME ✓ agent       alice joined the chat channel  MB…
   TIME ✓ agent       alice: accepted  WR…
   TIME ✓ outbound    Message of alice sent to +14155550171  SM…
   TIME ✓ completion  Chat channel set to INACTIVE  CH…
   TIME ✓ completion  Proxy session closed  KC…
   TIME ✓ completion  alice left the chat channel  MB…
   TIME ✓ completion  Proxy session deleted  KC…
   TIME ✓ agent       alice: completed  WR…
   TIME ✓ completion  Task completed  WT…

   The message reached alice.
   "
  `);
});

test("ends with 1 when no agent is free, and says so", async () => {
  const first = await simulate("--from", "+14155550172", "--body", "Hello");
  expect(first.code).toBe(0);
  const { code, stdout } = await simulate("--from", "+14155550173", "--body", "Hello");
  expect(code).toBe(1);
  expect(steady(stdout.trim().split("\n").at(-1) ?? "")).toBe(
    "The message did not get through. Task WT… is pending: no available worker fits. Set one to an available activity.",
  );
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
  [["--from", "4155550174", "--body", "Hello"], "must be E.164"],
  [["--from", "+14155550174", "--body", "Hello", "--to", "+12065550100"], "is no number of the account"],
  [["--body", "Hello"], "required option '--from <number>' not specified"],
])("refuses %j", async (words, reason) => {
  const { code, stderr } = await simulate(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
});

test("an agent who is not there is told with the ones who are", async () => {
  const { stderr, code } = await simulate("--from", "+14155550175", "--body", "Hello", "--agent", "bob");
  expect(code).toBe(1);
  expect(stderr).toContain("There is no worker bob (known: alice).");
});

test("a stack at Twilio is refused: a message would reach a phone", async () => {
  const words = ["simulate", "sms", "--from", "+14155550176", "--body", "Hello", "--stack", "prod"];
  const { code, stderr } = await project.start(words, { PULUMI_CONFIG_PASSPHRASE: "secret" }).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('Stack "prod" is not on a local Twilio.');
});
