import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freePort } from "../../tests/support/freePort.ts";
import { LocalHttpClient, localTwilio } from "../../tests/support/localTwilio.ts";
import { type Emulator, startEmulator } from "../index.ts";
import { sampleAnswer } from "./sampleHandler.ts";
import { Sink } from "./sink.ts";

const customer = "+14155550170";

interface Sunk {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly length: number;
  readonly signed: boolean;
  readonly answer: { readonly content_type: string; readonly body: string };
}

/** A local Twilio with a sink, and what it noted. */
class WithSink {
  readonly port: number;
  readonly notes: string[] = [];
  emulator!: Emulator;

  constructor(port: number) {
    this.port = port;
  }

  async start(from: "start" | "first webhook"): Promise<void> {
    this.emulator = await startEmulator({
      ...{ file: ":memory:", port: 0, sink: { port: this.port, from } },
      onNote: (line) => this.notes.push(line),
    });
  }

  async own<T = { state: string; requests: Sunk[] }>(
    method: string,
    path: string,
    json?: object,
  ): Promise<T> {
    const response = await fetch(`${this.emulator.url}/_emulator${path}`, {
      method,
      ...(json && { body: JSON.stringify(json), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** Lets a text come in that goes to the port. @returns what the customer got, oldest first */
  async text(body: string): Promise<string[]> {
    const { emulator } = this;
    const client = localTwilio(emulator, new LocalHttpClient(emulator.url));
    const [number] = await client.incomingPhoneNumbers.list({ limit: 1 });
    if (number === undefined) throw new Error("There is no number");
    await number.update({ smsUrl: `http://127.0.0.1:${this.port}/sms?from=number` });
    await this.own("POST", "/messages", { from: customer, to: number.phoneNumber, body });
    await this.own("POST", "/clock", { advance: 0 });
    return (await client.messages.list({ to: customer })).map((message) => message.body).reverse();
  }

  requestsOf = async () => (await this.own("GET", "/sink")).requests;
}

const answerTo = (text: string) =>
  `Sample handler: got "${text}". Your own program on this port answers in its place.`;

/** A program of the user's own, which answers with nothing. */
async function ownProgram(port: number): Promise<{ asked: string[]; end(): Promise<void> }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    asked,
    async end() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("a sink that is there when something is sent", () => {
  let local: WithSink;
  beforeAll(async () => {
    local = new WithSink(await freePort());
    await local.start("first webhook");
  });
  afterAll(() => local.emulator.close());
  beforeEach(() => local.own("DELETE", "/sink"));

  test("leaves the port alone until then", async () => {
    expect(await local.own("GET", "/sink")).toEqual({ port: local.port, state: "closed", requests: [] });
    const program = await ownProgram(local.port);
    expect(await local.text("for me")).toEqual([]);
    await program.end();
    expect(program.asked).toEqual(["/sms?from=number"]);
    expect(local.notes).toEqual([
      `Port ${local.port}: another program has it, and gets what the account sends there; the built-in sink stands back.`,
    ]);
    expect(await local.own("GET", "/sink")).toMatchObject({ state: "taken", requests: [] });
  });

  test("comes where nobody listens, and answers a text by TwiML", async () => {
    expect(await local.text('<Hi> & "bye" 😀')).toEqual([answerTo('<Hi> & "bye" 😀')]);
    expect(await local.own("GET", "/sink")).toMatchObject({ state: "open" });
    const [sunk, ...others] = await local.requestsOf();
    expect(others).toEqual([]);
    expect(sunk).toMatchObject({
      method: "POST",
      path: "/sms?from=number",
      signed: true,
      answer: { content_type: "text/xml" },
    });
    expect(new URLSearchParams(sunk?.body).get("Body")).toBe('<Hi> & "bye" 😀');
  });

  test("gives the port up when it is asked to, and takes it again", async () => {
    expect(await local.own("POST", "/sink", { open: false })).toEqual({ port: local.port, state: "closed" });
    const before = (await local.text("nobody is there")).length;
    expect(await local.own("GET", "/sink")).toMatchObject({ state: "closed", requests: [] });
    expect(await local.own("POST", "/sink", { open: true })).toEqual({ port: local.port, state: "open" });
    expect(await local.text("again")).toHaveLength(before + 1);
    expect(await local.own("POST", "/sink", { open: 1 })).toMatchObject({ code: 20001 });
    expect(await local.own("POST", "/sink")).toMatchObject({ code: 20001 });
  });

  test("keeps the last requests, as long as they may be, without credentials", async () => {
    const send = (path: string, body: string, type = "application/json") =>
      fetch(`http://127.0.0.1:${local.port}${path}`, {
        method: "POST",
        body,
        headers: { "content-type": type },
      });
    await send("/flex?token=abc", JSON.stringify({ Token: "jwt", text: "x".repeat(20_000) }));
    expect(await local.requestsOf()).toMatchObject([
      {
        path: "/flex?token=%5Bsecret%5D",
        body: expect.stringMatching(/^\{"Token":"\[secret\]","text":"x{100}/) as unknown,
        length: 20_025,
        signed: false,
        answer: { content_type: "application/json", body: "{}" },
      },
    ]);
    await expect(send("/large", "x".repeat(2_000_000))).resolves.toMatchObject({ status: 413 });
    for (let index = 0; index < 205; index++) await send(`/${index}`, "{");
    const paths = (await local.requestsOf()).map(({ path }) => path);
    expect([paths.length, paths[0], paths.at(-1)]).toEqual([200, "/5", "/204"]);
    expect((await local.own("GET", "/sink?limit=2")).requests).toHaveLength(2);
  });

  test.each([
    ["http://127.0.0.1:4300", "http://127.0.0.1:4300"],
    ["https://evil.example", null],
    ["null", null],
  ])("lets pages of this machine call it, and no others: %s", async (origin, allowed) => {
    const response = await fetch(`http://127.0.0.1:${local.port}/flex`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, allowed]);
  });
});

test("one that is there from the start steps back, says so, and does not outlive the local Twilio", async () => {
  const one = new WithSink(await freePort());
  await one.start("start");
  expect(one.notes).toEqual([]);
  expect(await one.own("GET", "/sink")).toMatchObject({ state: "open" });
  const second = new WithSink(one.port);
  await second.start("first webhook");
  // The first one's sink takes it, which is not worth a word.
  expect(await second.text("hello")).toEqual([answerTo("hello")]);
  expect([second.notes, await second.requestsOf()]).toEqual([[], []]);
  expect(await one.requestsOf()).toHaveLength(1);
  await one.emulator.close();
  await expect(fetch(`http://127.0.0.1:${one.port}/`)).rejects.toThrow();
  expect(await second.text("hello again")).toContain(answerTo("hello again"));
  expect(await second.requestsOf()).toHaveLength(1);
  await second.emulator.close();
  await expect(fetch(`http://127.0.0.1:${one.port}/`)).rejects.toThrow();

  const program = await ownProgram(one.port);
  const third = new WithSink(one.port);
  await third.start("start");
  expect(await third.own("GET", "/sink")).toMatchObject({ state: "taken" });
  expect(third.emulator.sink).toEqual({ port: one.port, state: "taken" });
  await third.text("for the program");
  expect([third.notes.length, program.asked.length]).toEqual([1, 1]);
  await third.emulator.close();
  await program.end();
});

test("takes only what goes to its port of this machine", async () => {
  const port = await freePort();
  const sink = new Sink({ port, now: () => 0, note: () => undefined });
  for (const url of [
    `http://127.0.0.1:${port + 1}/`,
    `http://handler.example:${port}/`,
    `https://127.0.0.1:${port}/`,
    "no address",
    "",
  ])
    expect([url, await sink.ready(url)]).toEqual([url, false]);
  expect(sink.state).toBe("closed");
  expect(await sink.ready(`http://localhost:${port}/x`)).toBe(true);
  expect(await sink.ready(`http://127.0.0.1:${port}/x`)).toBe(false);
  await sink.close();
});

test.each([
  ["a text", { MessageSid: "SM1", From: "+1", To: "+2", Body: "\0<&\uD800", NumMedia: "0" }, "&lt;&amp;�"],
  ["a long text", { MessageSid: "SM1", From: "+1", To: "+2", Body: "x".repeat(99), NumMedia: "0" }, "xx…"],
])("answers %s with TwiML that is XML", (_what, fields, quoted) => {
  const { contentType, body } = sampleAnswer({ method: "POST", fields: new URLSearchParams(fields) });
  expect(contentType).toBe("text/xml");
  expect(body).toContain(quoted);
});

test.each([
  [
    "an event of a chat",
    { EventType: "onMessageSend", MessageSid: "IM1", From: "a", To: "b", Body: "c", NumMedia: "0" },
  ],
  ["a status callback", { MessageSid: "SM1", MessageStatus: "sent", From: "+1", To: "+2" }],
  ["an assignment", { TaskSid: "WT1", ReservationSid: "WR1" }],
  ["nothing", {}],
])("tells %s that nothing is to be changed", (_what, fields) => {
  expect(sampleAnswer({ method: "POST", fields: new URLSearchParams(fields) })).toEqual({
    contentType: "application/json",
    body: "{}",
  });
});
