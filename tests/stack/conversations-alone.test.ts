import { expect, test } from "@jest/globals";
import { parse, parseDocument } from "yaml";
import { useProject } from "../support/useProject.ts";

// A stack without Programmable Chat and Proxy, on a new Flex account with Conversations; and how it goes over to them, and back.

const project = useProject(".", { seed: "flex-conversations" });
const number = "+14155550142";
const numbers = { main: { phoneNumber: number } };

/** Replaces settings of `flex-messaging:`; those that are undefined go. */
async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = parseDocument(await project.read("Pulumi.dev.yaml"));
  for (const [key, value] of Object.entries(settings)) {
    const path = ["config", `flex-messaging:${key}`];
    if (value === undefined) file.deleteIn(path);
    else file.setIn(path, value);
  }
  await project.write("Pulumi.dev.yaml", file.toString({ lineWidth: 0 }));
}

const alone = () =>
  configure({
    chat: undefined,
    proxy: undefined,
    conversations: {
      defaultClosedTimer: "P1D",
      roles: {
        auditor: { friendlyName: "auditor", type: "conversation", permissions: ["leaveConversation"] },
      },
    },
    messageHandling: { kind: "conversations", numbers },
  });
const withChat = (settings: object = {}) =>
  configure({
    chat: {
      roles: { auditor: { friendlyName: "auditor", type: "channel", permissions: ["leaveChannel"] } },
      ...settings,
    },
    proxy: {},
    conversations: { defaultClosedTimer: "P1D" },
    messageHandling: { kind: "flex", numbers },
  });

/** The service and its roles as Chat sees them, with the times of their last changes. */
async function stored(): Promise<unknown> {
  const services = await project.client.chat.v2.services.list();
  const roles = await project.client.chat.v2.services(services[0]!.sid).roles.list();
  return [...services, ...roles].map((each) => each.toJSON());
}

/** What was sent since the last call to make, change or delete services, roles, pools, flows and addresses of messages. */
let seen = 0;
function sent(): string[] {
  const since = project.exchanges.slice(seen);
  seen = project.exchanges.length;
  return since
    .filter(({ method, host }) => method !== "GET" && /^(chat|conversations|proxy)\./.test(host))
    .map(({ method, path }) => `${method} ${path.replaceAll(/(?<=\/[A-Z]{2})[0-9a-f]{32}/g, "")}`)
    .sort();
}

const smsUrl = async () =>
  (await project.client.incomingPhoneNumbers.list({ phoneNumber: number }))[0]?.smsUrl;
const up = async () => {
  sent();
  const { code, stdout, stderr } = await project.flexStack("up", "--yes");
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return { stdout, stderr, sent: sent() };
};

test("goes up with neither, says nothing of what it does without, and changes nothing the second time", async () => {
  await alone();
  const first = await up();
  expect(first.stderr).toBe("");
  expect(first.sent).toEqual([
    "POST /v1/Configuration",
    "POST /v1/Configuration/Addresses",
    "POST /v1/Services/IS/Roles",
  ]);
  expect(first.stdout).toMatch(/adopted +conversations\.Service +flex-chat-service /);
  expect(first.stdout).toMatch(/adopted +conversations\.Role +flex-chat-role-agent /);
  expect(first.stdout).not.toContain("proxyServiceSid");
  const second = await up();
  expect(second.sent).toEqual([]);
  expect(second.stdout).toContain("no changes");
});

test("a text reaches an agent and back", async () => {
  const words = [
    "--from",
    "+14155550170",
    "--to",
    number,
    "--body",
    "Hello",
    "--reply",
    "3",
    "--agent",
    "bob",
  ];
  const { code, stdout } = await project.flexStack("simulate", "sms", ...words);
  expect(code).toBe(0);
  expect(stdout).toContain("Conversation opened by address IG");
  expect(stdout).toContain("Message of bob sent to +14155550170");
  expect(stdout).toContain("The message reached bob.");
});

test("is healthy without what it does without", async () => {
  const health = await project.flexStack("diagnose", "--health");
  // What is left is the account's other number, which is nobody's.
  expect(health.stdout.match(/^✗ .*/gm)).toEqual([
    expect.stringMatching(/^✗ {2}numbers +\S+0187 has no SmsUrl/),
  ]);
  const message = await project.flexStack("diagnose", "--from", "+14155550170");
  expect(message.stdout).toContain("Nothing is broken on the way of this message.");
  expect(message.code).toBe(0);
});

test("tells of a number that the account does not own, and of nothing beside it", async () => {
  const more = { ...numbers, other: { phoneNumber: "+14155550199" } };
  await configure({ messageHandling: { kind: "conversations", numbers: more } });
  const { code, stderr } = await project.flexStack("preview");
  await alone();
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^error: flex-number-other can't get messages of \+14155550199: there is no .*\n {2}Fix: .*\n$/,
  );
});

test("takes into the configuration how the account opens conversations, and how it names an Address", async () => {
  const url = "http://127.0.0.1:4200/conversations";
  await project.client.conversations.v1.addressConfigurations(number).update({
    friendlyName: "Line one",
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": url,
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  const fixed = await project.flexStack("drift", "--fix", "adopt", "--yes");
  expect(fixed.stdout).toContain("flex-messaging:messageHandling.numbers.main.integration");
  const { config } = parse(await project.read("Pulumi.dev.yaml")) as { config: Record<string, unknown> };
  expect(config["flex-messaging:messageHandling"]).toEqual({
    kind: "conversations",
    numbers: {
      main: {
        phoneNumber: number,
        addressName: "Line one",
        integration: { type: "webhook", url, method: "POST", filters: ["onMessageAdded"] },
      },
    },
  });
  sent();
  const { code, stdout } = await project.flexStack("up", "--refresh", "--yes");
  expect({ code, sent: sent() }).toEqual({ code: 0, sent: [] });
  expect(stdout).not.toMatch(/updated|deleted|replaced/);
});

test("a service that was renamed is not replaced by a revert, and its name can be taken over", async () => {
  const before = (await stored()) as { friendlyName: string }[];
  const [{ sid } = { sid: "" }] = await project.client.chat.v2.services.list();
  const service = project.client.chat.v2.services(sid);
  await service.update({ friendlyName: "Talks" });
  const drift = await project.flexStack("drift", "--unmanaged", "none");
  expect(drift.stdout).toContain('friendlyName: stack says "Flex Chat Service", account says "Talks"');
  expect(drift.stdout).not.toContain("--fix revert");
  sent();
  const reverted = await project.flexStack("drift", "--unmanaged", "none", "--fix", "revert", "--yes");
  expect({ code: reverted.code, sent: sent(), stderr: reverted.stderr }).toEqual({
    code: 7,
    sent: [],
    stderr: [
      'error: Stack "dev" is not reverted: Twilio can\'t set flex-chat-service friendlyName back, so that an update would replace what has it.',
      "  why: All that is in it, such as conversations and roles, would be left behind.",
      "  fix: Set it back where it was changed, or take it over with --fix adopt; then revert the rest.",
      "",
    ].join("\n"),
  });
  const adopted = await project.flexStack("drift", "--unmanaged", "none", "--fix", "adopt", "--yes");
  expect(adopted.stdout).toContain('flex-messaging:conversations.service.friendlyName: + "Talks"');
  const up = await project.flexStack("up", "--refresh", "--yes");
  expect({ code: up.code, sent: sent() }).toEqual({ code: 0, sent: [] });
  expect(up.stdout).not.toMatch(/replaced|created|deleted/);
  // Back again, by both.
  await service.update({ friendlyName: before[0]?.friendlyName ?? "" });
  await alone();
  expect((await project.flexStack("up", "--refresh", "--yes")).code).toBe(0);
});

let before: unknown;

test("goes over to Chat and Proxy, and service and roles are not touched", async () => {
  before = await stored();
  await withChat();
  expect((await up()).sent).toEqual([
    "DELETE /v1/Configuration/Addresses/IG",
    "POST /v1/Services",
    "POST /v1/Services/KS/PhoneNumbers",
  ]);
  expect(await stored()).toEqual(before);
});

test("comes back, and the number leaves the pool without Twilio's demo page", async () => {
  await alone();
  const back = await up();
  expect(back.sent).toEqual([
    "DELETE /v1/Services/KS",
    "DELETE /v1/Services/KS/PhoneNumbers/PN",
    "POST /v1/Configuration/Addresses",
  ]);
  expect(await stored()).toEqual(before);
  expect(await smsUrl()).toBe("");
});

test("what only Chat can set is said to stay, once", async () => {
  await withChat({ postWebhookUrl: "http://127.0.0.1:4200/archive" });
  expect((await up()).sent).toContain("POST /v2/Services/IS");
  await alone();
  expect((await up()).stderr).toContain(
    "postWebhookUrl of twilio:chat:Service stays as set, since twilio:conversations:Service can't set it.",
  );
  expect((await project.client.chat.v2.services.list())[0]?.postWebhookUrl).toBe(
    "http://127.0.0.1:4200/archive",
  );
  const again = await up();
  expect(again.sent).toEqual([]);
  expect(again.stderr).toBe("");
});

test("goes, and leaves Flex's service and its agent role", async () => {
  sent();
  expect((await project.flexStack("destroy", "--yes")).code).toBe(0);
  expect(sent().filter((each) => each.startsWith("DELETE"))).toEqual([
    "DELETE /v1/Configuration/Addresses/IG",
    "DELETE /v1/Services/IS/Roles/RL",
  ]);
});
