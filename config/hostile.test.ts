import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { maskedValue } from "./credential.ts";
import { ConfigError } from "./problem.ts";
import { parseConfig } from "./read.ts";

// Configurations that nobody should write, as Pulumi hands them over: each is one true sentence, once.

const folder = mkdtempSync(join(tmpdir(), "config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const routing = `{"queues":{"all":{"friendlyName":"All"}},"workflows":{"in":{"friendlyName":"In","defaultQueue":"all"}}}`;
const valid: Readonly<Record<string, string>> = {
  "flex-messaging:protect": "false",
  "flex-messaging:routing": routing,
  "flex-messaging:chat": "{}",
  "flex-messaging:proxy": "{}",
  "flex-messaging:messagingFlow": `{"workflow":"in","taskChannel":"sms"}`,
  "flex-messaging:messageHandling": `{"kind":"flex","numbers":{"main":{"phoneNumber":"+12025550147"}}}`,
};
const channels = routing.replace("{", `{"taskChannels":{"sms":{"friendlyName":"SMS"}},`);
const sound = { ...valid, "flex-messaging:routing": channels };

function problemsOf(change: Readonly<Record<string, string | undefined>>): string[] {
  const all = Object.entries({ ...sound, ...change }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  try {
    parseConfig(Object.fromEntries(all), "dev", [], folder);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ key, problem }) => `${key.replace("flex-messaging:", "")} ${problem}`);
  }
}

test("what they are made of is sound", () => expect(problemsOf({})).toEqual([]));

const queue = (json: string) => ({ routing: channels.replace(`{"friendlyName":"All"}`, json) });
const named = (name: string) => queue(`{"friendlyName":${name}}`);
const reserved = "has a name that JavaScript keeps for itself";
const at = "routing.queues.all";

const cases: readonly (readonly [change: Readonly<Record<string, string>>, problem: string])[] = [
  // Names that every object has.
  [{ __proto__x: "1" }, "__proto__x is not a setting"],
  [{ ["__proto__"]: `{"x":1}` }, `__proto__ ${reserved}`],
  [{ constructor: "1" }, `constructor ${reserved}`],
  [{ prototype: "1" }, `prototype ${reserved}`],
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "hasOwnProperty",
    "toString",
    "valueOf",
    "__defineGetter__",
  ].map((name) => [queue(`{"friendlyName":"All","${name}":{}}`), `${at}.${name} ${reserved}`] as const),
  ...["__proto__", "constructor", "isPrototypeOf", "toLocaleString"].map(
    (name) =>
      [
        { routing: channels.replace(`"queues":{`, `"queues":{"${name}":{"friendlyName":"X"},`) },
        `routing.queues.${name} ${reserved}`,
      ] as const,
  ),
  [
    { routing: channels.replace("}}}", `}},"workers":{"ann":{"attributes":{"a":[{"__proto__":1}]}}}}`) },
    `routing.workers.ann.attributes.a[0].__proto__ ${reserved}`,
  ],
  // References by such names are no references.
  [
    { messagingFlow: `{"workflow":"constructor","taskChannel":"sms"}` },
    'messagingFlow.workflow is "constructor", which is no workflow',
  ],
  // Control characters, wherever Twilio would show them.
  ...["\\u0000", "\\u0007", "\\u001b[31m", "\\u007f", "\\u0085", "\\u009b"].map(
    (character) =>
      [
        named(`"A${character}"`),
        `${at}.friendlyName has a control character (U+${character.slice(2, 6).toUpperCase()})`,
      ] as const,
  ),
  [
    { messagingFlow: `{"workflow":"in","taskChannel":"sms","greeting":"Hi\\u0008"}` },
    "messagingFlow.greeting has a control character (U+0008)",
  ],
  [
    { routing: channels.replace(`"all"`, `"a\\u0000ll"`) },
    "routing.queues has a key with a control character",
  ],
  [named(`"A\\nB"`), `${at}.friendlyName is "A\\nB"`],
  [named(`"A\\tB"`), `${at}.friendlyName is "A\\tB"`],
  [named(`"\\ud800"`), `${at}.friendlyName has half a character (a lone surrogate)`],
  // What YAML makes of texts without quotes.
  [named(`"2026-01-01 00:00:00 +0000 UTC"`), `${at}.friendlyName is a date, as YAML reads it without quotes`],
  [{ protect: "2026-01-01 00:00:00 +0000 UTC" }, "protect is a date, as YAML reads it without quotes"],
  [named("5"), `${at}.friendlyName is 5`],
  [named("true"), `${at}.friendlyName is true`],
  [named("null"), `${at}.friendlyName is null`],
  [named("1e308"), `${at}.friendlyName is 1e+308`],
  [named("[]"), `${at}.friendlyName is []`],
  [named("{}"), `${at}.friendlyName is {}`],
  [named(`""`), `${at}.friendlyName is ""`],
  [named(`"   "`), `${at}.friendlyName is "   "`],
  [named(`"${"x".repeat(257)}"`), `${at}.friendlyName is "${"x".repeat(76)}...`],
  [{ protect: "yes" }, 'protect is "yes"'],
  [{ protect: "" }, 'protect is ""'],
  [{ protect: "1" }, "protect is 1"],
  // Numbers that are none of those wanted.
  ...["1e308", "-1e308", "0", "51", "-1", "1.5", `"2"`, "9007199254740993", "[]", "null", "true"].map(
    (value) =>
      [
        queue(`{"friendlyName":"All","maxReservedWorkers":${value}}`),
        `${at}.maxReservedWorkers is ${JSON.stringify(JSON.parse(value))}`,
      ] as const,
  ),
  [{ proxy: `{"defaultTtl":1e308}` }, "proxy.defaultTtl is 1e+308"],
  [{ chat: `{"limits":{"channelMembers":1001}}` }, "chat.limits.channelMembers is 1001"],
  // Values of another kind.
  ...["", "text", "5", "[]", "null", "true", `"{}"`].map(
    (value) => [{ chat: value }, `chat is ${JSON.stringify(parsed(value))}`] as const,
  ),
  [{ routing: "[]" }, "routing is []"],
  [queue("[]"), `${at} is []`],
  [queue("null"), `${at} is null`],
  [{ messageHandling: `{"kind":"flex","numbers":[]}` }, "messageHandling.numbers is []"],
  [{ messageHandling: `{"kind":"Flex","numbers":{}}` }, 'messageHandling.kind is "Flex"'],
  [
    { messageHandling: `{"kind":"flex","numbers":{"main":{"phoneNumber":12025550147}}}` },
    "messageHandling.numbers.main.phoneNumber is 12025550147",
  ],
  // Values with a credential in them.
  [
    { chat: `{"postWebhookUrl":{"password":"hunter2","n":1}}` },
    'chat.postWebhookUrl is {"password":"[secret]","n":1}',
  ],
  [
    { chat: `{"postWebhookUrl":{"a":[{"token":12345}]}}` },
    'chat.postWebhookUrl is {"a":[{"token":"[secret]"}]}',
  ],
  [
    { chat: `{"postWebhookUrl":["https://u:hunter2@x.example"]}` },
    'chat.postWebhookUrl is ["https://u:[secret]@x.example"]',
  ],
  [
    { chat: `{"postWebhookUrl":"ftp://u:hunter2@x.example"}` },
    'chat.postWebhookUrl is "ftp://u:[secret]@x.example"',
  ],
  [
    { messagingFlow: `{"workflow":"https://u:hunter2@x.example","taskChannel":"sms"}` },
    'messagingFlow.workflow is "https://u:[secret]@x.example", which is no workflow',
  ],
  [{ messagingFlow: `{"workflow":5,"taskChannel":"sms"}` }, "messagingFlow.workflow is 5"],
  [{ messagingFlow: `{"workflow":"in","taskChannel":null}` }, "messagingFlow.taskChannel is null"],
  [{ messagingFlow: `{"workflow":"in","taskChannel":"sms","greeting":[]}` }, "messagingFlow.greeting is []"],
  [{ chat: `{"webhookMethod":"PUT"}` }, 'chat.webhookMethod is "PUT"'],
  [{ chat: `{"webhookFilters":"onMessageSent"}` }, 'chat.webhookFilters is "onMessageSent"'],
  [{ chat: `{"preWebhookRetryCount":4}` }, "chat.preWebhookRetryCount is 4"],
  [{ chat: `{"postWebhookUrl":"handler.example.com"}` }, 'chat.postWebhookUrl is "handler.example.com"'],
  [{ chat: `{"postWebhookUrl":"javascript:alert(1)"}` }, 'chat.postWebhookUrl is "javascript:alert(1)"'],
  [{ proxy: `{"geoMatchLevel":"planet"}` }, 'proxy.geoMatchLevel is "planet"'],
  [{ plugin: "[]" }, "plugin is []"],
  [{ flexConfiguration: "false" }, "flexConfiguration is false"],
  // What Twilio would refuse half-way.
  [
    {
      routing: channels.replace("}}}", `}},"workers":{"ann":{"attributes":{"a":"${"x".repeat(4038)}"}}}}`),
    },
    "routing.workers.ann.attributes come to 4097 characters of JSON, with skills and contactUri",
  ],
  [
    {
      routing: channels.replace(
        "}}}",
        `}},"workers":{"ann":{"attributes":{"a":${"[".repeat(201)}${"]".repeat(201)}}}}}`,
      ),
    },
    "routing.workers.ann.attributes are nested more than 200 levels deep",
  ],
  [
    { chat: `{"postWebhookUrl":"https://x.example/${"x".repeat(3983)}"}` },
    `chat.postWebhookUrl is "https://x.example/${"x".repeat(58)}...`,
  ],
  // A file of its own.
  [{ routingFile: "routing.yaml" }, "routingFile is set beside routing"],
];

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

test.each(cases)("%j", (change, problem) => {
  const keys = Object.entries(change).map(([key, value]) => [`flex-messaging:${key}`, value]);
  expect(problemsOf(Object.fromEntries(keys) as Record<string, string>)).toEqual([problem]);
});

test("they are more than eighty", () => expect(cases.length).toBeGreaterThanOrEqual(80));

describe("routing in a file of its own", () => {
  const withFile = (text?: string) => {
    if (text !== undefined) writeFileSync(join(folder, "routing.yaml"), text);
    const name = text === undefined ? "none.yaml" : "routing.yaml";
    return { "flex-messaging:routing": undefined, "flex-messaging:routingFile": name };
  };

  test("is read as if it stood in the stack's file", () => {
    const all = { ...sound, ...withFile(channels) };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    const config = parseConfig(Object.fromEntries(given) as Record<string, string>, "dev", [], folder);
    expect(config.routing).toEqual(JSON.parse(channels));
  });

  test.each([
    ["queues: {}\nworkflows: {}\n", 'messagingFlow.workflow is "in", which is no workflow'],
    [channels.replace(`"All"`, "2026-01-01T10:00:00Z"), ""],
    [channels.replace(`"All"`, `"A\\u0007"`), `${at}.friendlyName has a control character (U+0007)`],
    [channels.replace(`"All"`, `"All", __proto__: {a: 1}`), `${at}.__proto__ ${reserved}`],
    ["[1, 2]", "routing is [1,2]"],
    ["", "routing is null"],
  ])("%j", (text, problem) => {
    const [first = ""] = problemsOf(withFile(text));
    expect(first).toBe(problem);
  });

  test("that can't be read is told with why", () => {
    expect(problemsOf(withFile("a: [")).join()).toMatch(
      /^routingFile is "routing.yaml", which can't be read \(/,
    );
    expect(problemsOf(withFile()).join()).toMatch(
      /^routingFile is "none.yaml", which can't be read \(ENOENT/,
    );
  });
});

test.each([
  ["smsUrl", { password: "hunter2" }, { password: "[secret]" }],
  ["a", { b: { apiKey: { c: 1 } } }, { b: { apiKey: "[secret]" } }],
  [
    "a",
    ["AC10ca1000000000000000000000000000:0123456789abcdef"],
    ["AC10ca1000000000000000000000000000:[secret]"],
  ],
  ["a", { password: "" }, { password: "" }],
  ["a", { token: "{{flow.token}}" }, { token: "{{flow.token}}" }],
  ["a", { n: 1, t: true, z: null }, { n: 1, t: true, z: null }],
])("masked: %s = %j", (key, value, shown) => expect(maskedValue(key, value)).toEqual(shown));
