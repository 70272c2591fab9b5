import { expect, test } from "@jest/globals";
import { ConfigError } from "./problem.ts";
import { parseConfig } from "./read.ts";

// Numbers on their way from Chat and Proxy to Flex Conversations.

const messagingServiceSid = `MG${"0a".repeat(16)}`;
const webhook = { type: "webhook", url: "https://example.com/hook", filters: ["onMessageAdded"] };
const external = { type: "external", url: "https://example.com/flow" };
const prepared = { stage: "prepared" };
const cut = { stage: "cut" };

function problemsOf(number: object, more: object = {}): string[] {
  const config: Record<string, unknown> = {
    routing: {
      queues: { everyone: { friendlyName: "Everyone" } },
      workflows: { inbound: { friendlyName: "Inbound", defaultQueue: "everyone" } },
    },
    protect: false,
    chat: {},
    proxy: {},
    messagingFlow: { workflow: "inbound" },
    messageHandling: {
      kind: "flex",
      handler: { smsUrl: "https://example.com/sms" },
      numbers: { main: { phoneNumber: "+12025550147", ...number } },
    },
    ...more,
  };
  const given = Object.entries(config)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [`flex-messaging:${key}`, JSON.stringify(value)]);
  try {
    parseConfig(Object.fromEntries(given) as Record<string, string>, "dev");
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ key, problem, fix }) => `${key} ${problem}; ${fix}`);
  }
}

const at = "flex-messaging:messageHandling.numbers.main";

test.each<[string, object, string[]]>([
  ["prepared", { migration: prepared }, []],
  ["prepared, with what it does then", { migration: { ...prepared, integration: webhook } }, []],
  [
    "cut, with what it did before",
    { kind: "conversations", migration: { ...cut, integration: external } },
    [],
  ],
  [
    "cut by a Messaging Service",
    { kind: "conversations", messagingServiceSid, migration: { ...cut, cut: "pool" } },
    [],
  ],
  ["to be cut by one", { messagingServiceSid, migration: { ...prepared, cut: "pool" } }, []],
  ["a sender for good", { kind: "conversations", messagingServiceSid }, []],
  [
    "cut, and of kind flex",
    { migration: cut },
    [
      `${at}.migration.stage is cut, though the number is of kind flex; set kind conversations, or stage prepared`,
    ],
  ],
  [
    "prepared, and of kind conversations",
    { kind: "conversations", migration: prepared },
    [
      `${at}.migration.stage is prepared, though the number is of kind conversations; set kind flex, or stage cut`,
    ],
  ],
  [
    "of a handler of one's own",
    { kind: "custom", migration: prepared },
    [
      `${at}.migration is set, though the number is of kind custom; remove it, and set kind conversations when its handler is to go`,
    ],
  ],
  [
    "new",
    { buy: true, migration: prepared },
    [`${at}.migration is set beside buy; remove one: a new number needs no migration`],
  ],
  [
    "to be cut by a Messaging Service that nobody names",
    { migration: { ...prepared, cut: "pool" } },
    [
      `${at}.messagingServiceSid is missing, though the cut is pool; set the SID of the Messaging Service that opens conversations by itself`,
    ],
  ],
  [
    "a sender, by Proxy",
    { messagingServiceSid },
    [
      `${at}.messagingServiceSid is set, though the number is of kind flex; remove it: Proxy sends by the number itself`,
    ],
  ],
  [
    "a sender of no service",
    { kind: "conversations", messagingServiceSid: "MG1" },
    [
      `${at}.messagingServiceSid is "MG1"; set the SID of the Messaging Service whose sender it is on Conversations: MG and 32 hexadecimal digits`,
    ],
  ],
  [
    "prepared for what Conversations has not",
    { migration: { ...prepared, integration: external } },
    [
      `${at}.migration.integration.type is external, which numbers of kind conversations don't have; set studio or webhook`,
    ],
  ],
  [
    "cut from what Chat has not",
    { kind: "conversations", migration: { ...cut, integration: webhook } },
    [
      `${at}.migration.integration.type is webhook, which numbers of kind flex don't have; set studio or external or task`,
    ],
  ],
  [
    "at a stage that there is not",
    { migration: { stage: "prepaired" } },
    [`${at}.migration.stage is "prepaired"; set one of prepared, cut (did you mean prepared?)`],
  ],
])("a number %s", (_, number, problems) => expect(problemsOf(number)).toEqual(problems));

test("until it is done Chat and Proxy have to stay", () => {
  const number = { kind: "conversations", migration: cut };
  expect(problemsOf(number, { chat: undefined, proxy: undefined })).toEqual([
    "flex-messaging:chat is missing, though main of kind flex until now needs it; set chat ({} takes over the chat service that Flex made), or kind conversations",
    "flex-messaging:proxy is missing, though main of kind flex until now needs it; set proxy ({} takes over the Proxy service that Flex made), or kind conversations",
  ]);
});
