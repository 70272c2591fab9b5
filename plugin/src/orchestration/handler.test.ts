import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { callHandler } from "./handler.ts";

const url = "https://handler.example.com/flex";
const call = {
  event: "accepted",
  reservationSid: "WR1",
  taskSid: "WT1",
  workerSid: "WK1",
  token: "secret-token",
} as const;

type Answer = number | Error | "hang";

/** Calls a handler that answers so, one answer per attempt. */
async function calling(...answers: Answer[]) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = (to: unknown, init: RequestInit = {}): Promise<Response> => {
    sent.push({ url: String(to), init });
    const answer = answers[sent.length - 1] ?? 200;
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer !== "hang")
      return Promise.resolve(new Response(answer === 204 ? null : "secret", { status: answer }));
    return new Promise((_, reject) =>
      init.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
    );
  };
  const outcome = callHandler(url, call, {
    fetch: fetch,
    timeout: 10_000,
    waits: [500, 1500],
  }).then(
    () => "done",
    (error: Error) => error.message,
  );
  await jest.advanceTimersByTimeAsync(60_000);
  return { outcome: await outcome, sent };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test("SIDs and token go there in the body of a form, and nowhere else", async () => {
  const { outcome, sent } = await calling(204);
  expect(outcome).toBe("done");
  expect(sent).toHaveLength(1);
  expect(sent[0]?.url).toBe(url);
  const { body, signal: _, ...init } = sent[0]?.init ?? {};
  expect(init).toEqual({
    method: "POST",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    cache: "no-store",
  });
  expect(Object.fromEntries(body as URLSearchParams)).toEqual({
    Event: "accepted",
    ReservationSid: "WR1",
    TaskSid: "WT1",
    WorkerSid: "WK1",
    Token: "secret-token",
  });
});

describe("an attempt that fails", () => {
  const unreached = "the handler can't be reached, redirects, or does not allow this page by CORS";
  test.each<[Answer[], string, number]>([
    [[503], "done", 2],
    [[500, 429], "done", 3],
    [[new TypeError("Failed to fetch")], "done", 2],
    [["hang"], "done", 2],
    [[500, 502, 503], "the handler answered 503", 3],
    [[429, 429, 429, 200], "the handler answered 429", 3],
    [[400], "the handler answered 400", 1],
    [[403], "the handler answered 403", 1],
    [[503, 404], "the handler answered 404", 2],
    [[new TypeError("x"), new TypeError("x"), new TypeError("x")], unreached, 3],
    [["hang", "hang", "hang"], "the handler did not answer within 10 s", 3],
  ])("as %j ends with %j after %j", async (answers, expected, attempts) => {
    const { outcome, sent } = await calling(...answers);
    expect([outcome, sent.length]).toEqual([expected, attempts]);
  });
});

test("further attempts wait longer", async () => {
  const times: number[] = [];
  const start = Date.now();
  const fetch = (): Promise<Response> => {
    times.push(Date.now() - start);
    return Promise.resolve(new Response(null, { status: 500 }));
  };
  const outcome = callHandler(url, call, { fetch, timeout: 10_000, waits: [500, 1500] }).catch(
    () => undefined,
  );
  await jest.advanceTimersByTimeAsync(60_000);
  await outcome;
  expect(times).toEqual([0, 500, 2000]);
});

test("a call that is done leaves no timer behind", async () => {
  const fetch = (): Promise<Response> => Promise.resolve(new Response());
  await callHandler(url, call, { fetch, timeout: 10_000, waits: [] });
  expect(jest.getTimerCount()).toBe(0);
});
