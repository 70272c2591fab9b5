import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Agent, request as send } from "node:http";
import { type Operation, operations as documented, productOfHost } from "../tests/conformance/openapi.ts";
import { Known } from "../tests/fuzz/known.ts";
import { Random } from "../bench/random.ts";
import { type FuzzedRequest, RequestMaker } from "../tests/fuzz/request.ts";
import { Centre, handleByFlex, number } from "../tests/journey/centre.ts";
import { localTwilio } from "../tests/support/localTwilio.ts";
import { defaults, type Emulator, startEmulator } from "./index.ts";

const requests = 10_000;
const atOnce = 16;
const random = new Random(20_240_601);
const known = new Known(random);
const failures: unknown[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0, onError: (error) => failures.push(error) });
  await openConversations();
});
afterAll(async () => {
  agent.destroy();
  await emulator.close();
});

/** Has agents and customers there, so that there are sessions, executions, tasks and reservations to send requests to. */
async function openConversations(): Promise<void> {
  const client = localTwilio(emulator);
  const centre = new Centre(client, emulator);
  await handleByFlex(client);
  for (const name of ["ann", "bob", "eve"]) await centre.hire(name);
  for (const customer of ["+14155550170", "+14155550171", "+14155550172", "+14155550173"])
    await centre.text(customer, number, "Hello");
  await openInteraction(client);
}

/** Has a conversation that an agent of Flex UI 2 is offered, and an address that opens web chats. */
async function openInteraction(client: ReturnType<typeof localTwilio>): Promise<void> {
  const { conversations, addressConfigurations } = client.conversations.v1;
  await addressConfigurations.create({ type: "chat", address: "web" });
  const { sid } = await conversations.create({});
  await conversations(sid).participants.create({ identity: "visitor" });
  const { taskrouterWorkspaceSid, taskrouterTargetWorkflowSid } = await client.flexApi.v1
    .configuration()
    .fetch();
  const { sid: interactionSid } = await client.flexApi.v1.interaction.create({
    channel: { type: "web", initiated_by: "customer", properties: { media_channel_sid: sid } },
    routing: {
      properties: { workspace_sid: taskrouterWorkspaceSid, workflow_sid: taskrouterTargetWorkflowSid },
    },
  });
  const [channel] = await client.flexApi.v1.interaction(interactionSid).channels.list();
  const answers = [
    `/v1/Interactions/${interactionSid}`,
    ...["", "/Participants", "/Invites", "/Transfers"].map(
      (path) => `/v1/Interactions/${interactionSid}/Channels/${channel?.sid}${path}`,
    ),
  ];
  known.learn(JSON.stringify(answers));
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

function exchange({ method, host, path, headers, body }: FuzzedRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(`${defaults.accountSid}:${defaults.authToken}`).toString("base64")}`;
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const options = { agent, port: emulator.port, host: "127.0.0.1", method, path };
    const request = send(
      { ...options, headers: { host, authorization, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? "",
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** Sends a request and learns from the answer. @returns whether it was a success @throws Error for a wrong answer */
async function tryOut(request: FuzzedRequest): Promise<boolean> {
  const { status, contentType, body } = await exchange(request);
  const { method, host, path } = request;
  const said = request.body === "" ? "" : ` with ${request.body.slice(0, 300)}`;
  const told = `${method} ${host}${path.slice(0, 300)}${said} → ${status} ${body.slice(0, 300)}`;
  if (status >= 500 && status !== 501) throw new Error(told);
  if (status < 400 && body === "") return true;
  if (!contentType.startsWith("application/json")) throw new Error(`No JSON: ${told}`);
  const parsed = JSON.parse(body) as { code?: unknown; message?: unknown; status?: unknown };
  if (status < 400) {
    known.learn(body);
    return true;
  }
  const { code, message } = parsed;
  if (typeof code !== "number" || typeof message !== "string" || parsed.status !== status)
    throw new Error(`No error of Twilio's shape: ${told}`);
  return false;
}

/** Whether it is about a resource that stands in no other, e.g. a workspace. */
function isRoot({ path }: Operation): boolean {
  return path.replace("{AccountSid}", "").match(/\{/g)?.length === 1;
}

test(`answers ${requests} requests, most of them bad, in Twilio's shape, and never with 500`, async () => {
  const operations = emulator.operations
    .filter(({ isImplemented }) => isImplemented)
    .flatMap(({ host, operation, template }) => {
      const product = productOfHost(host, template);
      return product === undefined
        ? []
        : documented(product).filter(({ operationId }) => operationId === operation);
    });
  const maker = new RequestMaker(random, known, operations);
  for (const { host, path, method } of operations) {
    if (method !== "GET" || /\{(?!AccountSid)/.test(path)) continue;
    const filled = path.replace("{AccountSid}", defaults.accountSid);
    await tryOut({ method, host, path: filled, headers: {}, body: "" });
  }
  // Few deletions, and none at first of what holds the most, so that there is something to send requests to.
  const careful = operations.flatMap((operation) =>
    operation.method !== "DELETE"
      ? [operation, operation, operation, operation]
      : isRoot(operation)
        ? []
        : [operation],
  );
  const succeeded = new Set<string>();
  for (let sent = 0; sent < requests; sent += atOnce) {
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        const operation = random.pick(sent < requests * 0.9 ? careful : operations);
        const request = maker.make(operation);
        const name = `${operation.host} ${operation.operationId}`;
        if ((await tryOut(request)) && request.method === operation.method) succeeded.add(name);
      }),
    );
  }
  expect(failures).toEqual([]);
  // Nearly all were also answered with success: the rest was refused for what it said, not for where it went.
  const missed = operations
    .map(({ host, operationId }) => `${host} ${operationId}`)
    .filter((name) => !succeeded.has(name));
  expect(missed.length / operations.length).toBeLessThan(0.15);
}, 60_000);

test("is still well afterwards", async () => {
  expect((await fetch(`${emulator.url}/_emulator/health`)).status).toBe(200);
}, 180_000);
