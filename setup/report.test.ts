import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { Report, seconds } from "./report.mjs";

let now: number;
let written: string;
beforeEach(() => {
  jest.useFakeTimers();
  now = 0;
  written = "";
});
afterEach(() => void jest.useRealTimers());

function report(isTTY: boolean, columns = 80): Report {
  const write = (text: string | Uint8Array): boolean => {
    written += String(text);
    return true;
  };
  return new Report({ write, isTTY, columns }, () => now);
}

/** Runs a step of 20 seconds that tells of itself in between. */
async function takeStep(to: Report, end: () => Promise<string>): Promise<unknown> {
  const half = Promise.withResolvers<void>();
  const step = to.step("packages", "installing", async ({ update }) => {
    await half.promise;
    update("almost there");
    now = 20_000;
    jest.advanceTimersByTime(20_000);
    return end();
  });
  half.resolve();
  return step.catch((error: unknown) => error);
}

test("where nobody watches, lines say what starts, what still runs and what is done", async () => {
  await takeStep(report(false), async () => "installed");
  expect(written).toBe(
    "set-up: packages: installing\nset-up: packages: almost there (20.0 s)\nset-up: packages: installed (20.0 s)\n",
  );
});

test("on a terminal, one line moves and is taken away", async () => {
  await takeStep(report(true), async () => "installed");
  expect(written).toContain("\r\u001b[2K⠋ packages: almost there (20.0 s)\r\u001b[2K⠙ ");
  expect(written).toMatch(/\r\u001b\[2K\r\u001b\[2Kset-up: packages: installed \(20\.0 s\)\n$/);
  expect(written.match(/\n/g)).toHaveLength(1);
});

test("the moving line never breaks", async () => {
  await takeStep(report(true, 10), async () => "installed");
  expect(written).toContain("\r\u001b[2K⠋ package\r");
});

test("a step that fails leaves no moving line and no timer", async () => {
  const failure = new Error("no");
  expect(await takeStep(report(true), () => Promise.reject(failure))).toBe(failure);
  expect(written).toMatch(/\r\u001b\[2K$/);
  expect(jest.getTimerCount()).toBe(0);
});

test.each([
  [0.4, "0 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [62_340, "62.3 s"],
])("%d milliseconds are %s", (milliseconds, text) => {
  expect(seconds(milliseconds)).toBe(text);
});
