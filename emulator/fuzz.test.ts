import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Agent, request as send } from "node:http";
import { defaults, type Emulator, startEmulator } from "./index.ts";

const requests = 5000;
const failures: unknown[] = [];
/** Operations that some request got through to, to see that the others were refused for what was in them. */
const succeeded = new Set<string>();
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
let emulator: Emulator;
let operations: Emulator["operations"] = [];

beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0, onError: (error) => failures.push(error) });
  const implemented = emulator.operations.filter(({ isImplemented }) => isImplemented);
  // Fewer deletions, so that there is something to send requests to.
  operations = implemented.flatMap((operation) =>
    operation.method === "DELETE" ? [operation] : [operation, operation, operation],
  );
});
afterAll(async () => {
  agent.destroy();
  await emulator.close();
});

/** Mulberry32: the same requests each time, so that a failure can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomNumbers(20_240_601);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const nasty = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "999999999999999999999999",
  "NaN",
  "true",
  "null",
  "undefined",
  "[]",
  "{}",
  '{"__proto__":{"x":1}}',
  '{"task_routing":{"filters":[{"expression":"1==1","targets":[{}]}]}}',
  '{"task_routing":null}',
  "[".repeat(20_000),
  "1==1",
  "a HAS 'b' AND (",
  "(".repeat(5000),
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "a\0b",
  "\ud800",
  "😀".repeat(40),
  "x".repeat(70_000),
  "' OR 1=1 --",
  "https://example.com/hook",
  "http://[::1",
  "+14155550199",
  "415",
  "Offline",
  "DateStatusChanged:desc",
];

const parameterNames = [
  ...[
    "FriendlyName",
    "UniqueName",
    "Configuration",
    "Attributes",
    "TargetWorkers",
    "MaxReservedWorkers",
    "TaskOrder",
  ],
  ...[
    "Capacity",
    "Available",
    "ActivitySid",
    "DefaultActivitySid",
    "Template",
    "PhoneNumber",
    "AreaCode",
    "SmsUrl",
  ],
  ...[
    "PageSize",
    "Page",
    "PageToken",
    "Ordering",
    "TargetWorkersExpression",
    "EvaluateWorkerAttributes",
    "WorkerSid",
  ],
  ...[
    "Type",
    "Permission",
    "Identity",
    "Definition",
    "Status",
    "ChatServiceSid",
    "Configuration.Url",
    "Sid",
    "Participants",
  ],
  ...["", "__proto__", "FriendlyName[]", "a.b.c"],
];

/** What operations require and chance would not find, so that requests get past the first check. */
const plausible: readonly (readonly [string, string])[] = [
  ["Type", "channel"],
  ["Type", "webhook"],
  ["Permission", "sendMessage"],
  ["Identity", "ann"],
  ["Body", "Hello"],
  ["Configuration.Url", "https://example.com/hook"],
  ["Configuration.Filters", "onMessageSent"],
  ["Status", "published"],
  [
    "Definition",
    '{"initial_state":"Trigger","states":[{"name":"Trigger","type":"trigger","transitions":[],"properties":{}}]}',
  ],
  ["TestUsers", "+14155550142"],
  ["To", "+14155550150"],
  ["From", "+14155550142"],
  ["Identifier", "+14155550151"],
  ["ChatFriendlyName", "Chat"],
  ["ChatUserFriendlyName", "Ann"],
  ["CustomerFriendlyName", "Ann"],
  ["PhoneNumber", "+14155550142"],
  ["ChannelType", "web"],
  ["IntegrationType", "external"],
  ["Integration.Url", "https://example.com/handler"],
];

/** Paths that were seen in answers, so that most requests reach what exists. */
const seen = new Set<string>();

function remember(body: string): void {
  for (const [, path = ""] of body.matchAll(
    /"(?:https:\/\/[a-z-]+\.twilio\.com)?(\/(?:v\d|2010-04-01)\/[^"?]*)"/g,
  )) {
    if (seen.size < 2000) seen.add(path);
  }
}

/** A path of the operation: one that was seen, or one with something odd in it. */
function pathOf(template: string): string {
  const pattern = new RegExp(
    `^${template.replace(/\./g, "\\.").replace(/\{\w+\}/g, "[A-Z]{2}[0-9a-f]{32}")}$`,
  );
  const known = [...seen].filter((path) => pattern.test(path));
  if (known.length > 0 && random() < 0.85) return pick(known);
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "AccountSid" && random() < 0.8 ? defaults.accountSid : encodeSegment(),
  );
}

function encodeSegment(): string {
  if (random() < 0.3) return pick(["%zz", "%00", "%2e%2e", ";", "a%2Fb", "__proto__", "constructor"]);
  return encodeURIComponent(pick(nasty).slice(0, 200).toWellFormed()) || "x";
}

function anySid(): string {
  return /[A-Z]{2}[0-9a-f]{32}$/.exec(pick([...seen]))?.[0] ?? defaults.accountSid;
}

/** Query or form text, mostly well formed. */
function form(): string {
  const count = Math.floor(random() * 5);
  const pairs = Array.from({ length: count }, () => {
    const value = random() < 0.2 ? anySid() : pick(nasty);
    return `${encodeURIComponent(pick(parameterNames))}=${random() < 0.1 ? "%f%zz%" : encodeURIComponent(value.toWellFormed())}`;
  });
  // Some have all that is plausible, so that what needs much of it gets through as well.
  const share = random() < 0.3 ? 1 : 0.4;
  for (const [name, value] of plausible) {
    if (random() < share) pairs.push(`${name}=${encodeURIComponent(value)}`);
  }
  for (const name of ["ChatServiceSid", "FlexFlowSid", "PhoneNumberSid", "Sid", "RoleSid", "WorkflowSid"]) {
    if (random() < 0.1) pairs.push(`${name}=${anySid()}`);
  }
  if (random() < 0.7) pairs.push(`FriendlyName=f${Math.floor(random() * 1e6)}`);
  return pairs.join(random() < 0.05 ? "&&=&" : "&");
}

interface Sent {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

function exchange(
  method: string,
  host: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(`${defaults.accountSid}:${defaults.authToken}`).toString("base64")}`;
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const options = { agent, port: emulator.port, host: "127.0.0.1", method, path };
    const request = send(
      { ...options, headers: { host, authorization, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? "",
            body: text,
          });
        });
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

async function sendOne(): Promise<void> {
  const operation = pick(operations);
  const path = pathOf(operation.template);
  const query = operation.method === "GET" && random() < 0.7 ? `?${form().slice(0, 4000)}` : "";
  const method = random() < 0.95 ? operation.method : pick(["PUT", "PATCH", "POST", "DELETE", "OPTIONS"]);
  const types = ["application/json", "text/plain", "x"];
  const headers: Record<string, string> =
    method === "GET"
      ? {}
      : { "content-type": random() < 0.9 ? "application/x-www-form-urlencoded" : pick(types) };
  if (random() < 0.1) headers["if-match"] = pick(["0", '"1"', "*", "x", '"', ",,"]);
  const body = method === "GET" ? "" : random() < 0.9 ? form() : pick(nasty).toWellFormed();
  const answer = await exchange(method, operation.host, path + query, headers, body);
  const context = `${method} ${operation.host}${(path + query).slice(0, 200)} → ${answer.status} ${answer.body.slice(0, 300)}`;
  if (answer.status >= 500 && answer.status !== 501) throw new Error(context);
  if (answer.status === 204) return void succeeded.add(operation.operation);
  const parsed = JSON.parse(answer.body) as { code?: unknown; message?: unknown; status?: unknown };
  if (!answer.contentType.startsWith("application/json")) throw new Error(`No JSON: ${context}`);
  if (answer.status >= 400) {
    const isError =
      typeof parsed.code === "number" &&
      typeof parsed.message === "string" &&
      parsed.status === answer.status;
    if (!isError) throw new Error(`No error of Twilio's shape: ${context}`);
  } else {
    if (method === operation.method) succeeded.add(operation.operation);
    remember(answer.body);
  }
}

test(`answers ${requests} bad requests in Twilio's shape, and never with 500`, async () => {
  for (const { host, template } of operations.filter(
    ({ method, template }) => method === "GET" && !template.includes("{Sid}"),
  )) {
    const path = template.replace("{AccountSid}", defaults.accountSid);
    if (path.includes("{")) continue;
    seen.add(path);
    remember((await exchange("GET", host, path, {}, "")).body);
  }
  for (let sent = 0; sent < requests; sent += 16) await Promise.all(Array.from({ length: 16 }, sendOne));
  expect(failures).toEqual([]);
  // Most operations were also answered with success: the rest was refused for what it said, not for where it went.
  expect(succeeded.size / new Set(operations).size).toBeGreaterThan(0.6);
}, 60_000);

test("is still well afterwards", async () => {
  expect((await fetch(`${emulator.url}/_emulator/health`)).status).toBe(200);
});
