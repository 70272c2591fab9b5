import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import twilio from "twilio";
import { useReceiver } from "../tests/support/receiver.ts";
import { Clock } from "./kernel/clock.ts";
import { Kernel } from "./kernel/kernel.ts";
import { Store } from "./kernel/store.ts";
import { type Answer, type NewWebhook, type OnAnswer, sendWebhook } from "./kernel/webhook.ts";
import { WebhookSender } from "./kernel/webhookSender.ts";

const accountSid = "AC1";
const receiver = useReceiver();
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "webhooks-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

// Long enough for a receiver on a busy machine.
const patient = 30_000;

/** A kernel that sends webhooks, and what became of them; each waits for its answer for `timeout` milliseconds. */
function start(file = ":memory:", onAnswer?: OnAnswer, timeout = patient) {
  const store = new Store(file);
  const answers: Answer[] = [];
  const errors: string[] = [];
  const onError = (error: unknown): void => void errors.push((error as Error).message);
  let now = Date.UTC(2024, 0, 1);
  const clock = new Clock(() => now, store.clockOffset);
  const kernel = new Kernel({ store, clock, products: [], authenticate: () => "unknown user", onError });
  const sender = new WebhookSender({
    kernel,
    answers: {
      test: (context, webhook, answer) => {
        answers.push(answer);
        return onAnswer?.(context, webhook, answer);
      },
    },
    authToken: () => "secret",
    onError,
    timeout,
  });
  return {
    kernel,
    sender,
    answers,
    errors,
    send: (given: Omit<NewWebhook, "purpose">) =>
      kernel.transaction(accountSid, (context) => sendWebhook(context, { purpose: "test", ...given }).sid),
    report: () => sender.report(accountSid, 100),
    pass: (milliseconds: number) => (now += milliseconds),
    async stop() {
      await sender.close();
      store.close();
    },
  };
}

describe("a request", () => {
  test("is a signed form, and its answer is passed on and reported", async () => {
    const { send, sender, answers, report, stop } = start();
    receiver.answer = () => ({ json: { instruction: "accept" } });
    const form = { TaskSid: "WT1", Attributes: '{"a":"ü & b"}', Event: ["x", "y"] };
    const sid = send({ url: `${receiver.url}/hook?a=1`, form, data: { about: "WT1" } });
    await sender.idle();
    const [request, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect([request?.method, request?.path, request?.headers["content-type"]]).toEqual([
      "POST",
      "/hook?a=1",
      "application/x-www-form-urlencoded; charset=utf-8",
    ]);
    expect(request?.body).toBe("TaskSid=WT1&Attributes=%7B%22a%22%3A%22%C3%BC+%26+b%22%7D&Event=x&Event=y");
    const given = String(request?.headers["x-twilio-signature"]);
    expect(twilio.validateRequest("secret", given, `${receiver.url}/hook?a=1`, form)).toBe(true);
    expect(answers).toEqual([
      { status: 200, contentType: "application/json", body: '{"instruction":"accept"}' },
    ]);
    expect(report()).toEqual([
      {
        sid,
        time: "2024-01-01T00:00:00.000Z",
        purpose: "test",
        method: "POST",
        url: `${receiver.url}/hook?a=1`,
        parameters: form,
        data: { about: "WT1" },
        status: "answered",
        attempts: [{ time: "2024-01-01T00:00:00.000Z", status: 200 }],
      },
    ]);
    await stop();
  });

  test("by GET has its fields in the query, which is what is signed", async () => {
    const { send, sender, stop } = start();
    send({ url: `${receiver.url}/hook?a=1`, method: "GET", form: { Body: "two words" } });
    await sender.idle();
    const [request] = receiver.received;
    expect([request?.method, request?.path, request?.body]).toEqual(["GET", "/hook?a=1&Body=two+words", ""]);
    const given = String(request?.headers["x-twilio-signature"]);
    expect(twilio.validateRequest("secret", given, `${receiver.url}/hook?a=1&Body=two+words`, {})).toBe(true);
    await stop();
  });

  test("whose body is no form is signed by the body's digest, and the URL stays as it is written", async () => {
    const { send, sender, stop } = start();
    const body = { text: '{"a":"ü"}', contentType: "application/json" };
    send({ url: `${receiver.url}/hook?a=two%20words#top`, body });
    await sender.idle();
    const [request] = receiver.received;
    expect(request?.path).toMatch(/^\/hook\?a=two%20words&bodySHA256=[0-9a-f]{64}$/);
    const given = String(request?.headers["x-twilio-signature"]);
    const check = (text: string) =>
      twilio.validateRequestWithBody("secret", given, receiver.url + (request?.path ?? ""), text);
    expect([check(body.text), check('{"a":"u"}')]).toEqual([true, false]);
    await stop();
  });

  test("may have another body, and no signature", async () => {
    const { send, sender, stop } = start();
    send({ url: receiver.url, body: { text: '{"a":1}', contentType: "application/json" }, signed: false });
    await sender.idle();
    const [request] = receiver.received;
    expect([request?.body, request?.headers["content-type"]]).toEqual(['{"a":1}', "application/json"]);
    expect(request?.headers).not.toHaveProperty("x-twilio-signature");
    await stop();
  });

  test("a long answer is read as far as 64 kB, and that there was more is known", async () => {
    const { send, sender, answers, stop } = start();
    receiver.answer = () => ({ status: 200, type: "text/plain", text: "x".repeat(65_537) });
    send({ url: receiver.url });
    await sender.idle();
    expect(answers).toEqual([
      { status: 200, contentType: "text/plain", body: "x".repeat(65_536), isTooLong: true },
    ]);
    await stop();
  });

  test("takes name and password from the URL; reports leave them out", async () => {
    const { send, sender, report, stop } = start();
    send({ url: receiver.url.replace("http://", "http://ann:p%40ss@") });
    await sender.idle();
    expect(receiver.received[0]?.headers["authorization"]).toBe(
      `Basic ${Buffer.from("ann:p@ss").toString("base64")}`,
    );
    expect(JSON.stringify(report())).not.toMatch(/ann|p%40ss|p@ss/);
    await stop();
  });
});

describe("a failure", () => {
  test.each([
    ["an HTTP error", () => ({ status: 500, text: "broken" }) as const, { status: 500, body: "broken" }],
    ["no answer in time", () => "hang" as const, { status: 0, failure: "no answer within 200 ms" }],
  ])("%s is reported, and not sent again", async (_what, answer, expected) => {
    const { send, sender, answers, report, stop } = start(":memory:", undefined, 200);
    receiver.answer = answer;
    send({ url: receiver.url });
    await sender.idle();
    expect(answers).toMatchObject([expected]);
    expect(report()).toMatchObject([{ status: "failed", attempts: [{ status: expected.status }] }]);
    await stop();
  });

  test.each([
    ["http://127.0.0.1:1/", /ECONNREFUSED|bad port/],
    ["http://nowhere.invalid/", /./],
  ])("%s can't be reached", async (url, failure) => {
    const { send, sender, answers, stop } = start();
    send({ url });
    await sender.idle();
    expect(answers).toEqual([
      { status: 0, contentType: "", body: "", failure: expect.stringMatching(failure) },
    ]);
    await stop();
  });

  test.each([
    [429, 2, [429, 429, 200]],
    [503, 1, [503, 503]],
    [504, 0, [504]],
    [500, 2, [500]],
  ])("%i with %i retries leads to %j", async (status, retries, expected) => {
    const { send, sender, answers, report, stop } = start();
    receiver.answer = () => ({ status: receiver.received.length < 3 ? status : 200 });
    send({ url: receiver.url, retries });
    await sender.idle();
    expect(answers.map((answer) => answer.status)).toEqual(expected.slice(-1));
    expect(report()).toMatchObject([{ attempts: expected.map((each) => ({ status: each })) }]);
    await stop();
  });

  test("in what follows from an answer is ours, and the webhook is done all the same", async () => {
    const fail: OnAnswer = (context) => {
      sendWebhook(context, { url: `${receiver.url}/undone`, purpose: "test" });
      throw new Error("can't follow");
    };
    const { send, sender, errors, report, stop } = start(":memory:", fail);
    send({ url: `${receiver.url}/done` });
    await sender.idle();
    expect(errors).toEqual(["can't follow"]);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/done"]);
    expect(report()).toMatchObject([{ status: "answered" }]);
    await stop();
  });
});

test("what was wrong with an answer is reported", async () => {
  const { send, sender, report, stop } = start(":memory:", () => ({
    code: 40005,
    message: "no instruction",
  }));
  send({ url: receiver.url });
  await sender.idle();
  expect(report()).toMatchObject([{ problem: { code: 40005, message: "no instruction" } }]);
  await stop();
});

test("nothing is sent for a transaction that is undone", async () => {
  const { kernel, sender, report, stop } = start();
  expect(() =>
    kernel.transaction(accountSid, (context) => {
      sendWebhook(context, { url: receiver.url, purpose: "test" });
      throw new Error("undone");
    }),
  ).toThrow("undone");
  await sender.idle();
  expect([receiver.received, report()]).toEqual([[], []]);
  await stop();
});

test("what was not finished when the process ended is sent when the file is opened again", async () => {
  const file = join(folder, "outbox.db");
  const first = start(file);
  receiver.answer = () => "hang";
  first.send({ url: `${receiver.url}/one` });
  await first.stop();
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 204 });
  const second = start(file);
  second.sender.resume(accountSid);
  await second.sender.idle();
  expect(receiver.received.map(({ path }) => path)).toEqual(["/one"]);
  expect(second.report()).toMatchObject([{ status: "answered" }]);
  await second.stop();
});

test("a burst arrives whole, and finished webhooks are forgotten after 30 days", async () => {
  const { kernel, send, sender, report, pass, stop } = start();
  for (let index = 0; index < 200; index++) send({ url: `${receiver.url}/${index}` });
  await sender.idle();
  expect(new Set(receiver.received.map(({ path }) => path)).size).toBe(200);
  expect(report()).toHaveLength(100);
  pass(30 * 24 * 60 * 60 * 1000);
  kernel.catchUp();
  expect(report()).toEqual([]);
  await stop();
});
