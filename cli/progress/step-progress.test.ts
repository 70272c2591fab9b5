import { PassThrough } from "node:stream";
import { expect, jest, test } from "@jest/globals";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { stepProgress } from "./step-progress.ts";

function terminal(live: boolean, told: string[]): Dialogue {
  return {
    live,
    interactive: false,
    columns: 80,
    print: (text = "") => void told.push(text),
    complain: (text) => void told.push(text),
    style: (_, text) => text,
    ask: () => Promise.reject(new Error("Nobody answers.")),
  };
}

test("shows a bar with the step where somebody watches", () => {
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 80,
    cursorTo: () => true,
    clearLine: () => true,
  });
  const progress = stepProgress(terminal(true, []), true, 3, { stream });
  progress.next("proxy");
  progress.finish();
  const shown = String(stream.read());
  expect(shown).toContain("diagnose");
  expect(shown).toContain("3/3");
});

test("tells a log only when it takes long", () => {
  jest.useFakeTimers();
  const told: string[] = [];
  const quick = stepProgress(terminal(false, told), true, 3);
  quick.finish();
  jest.advanceTimersByTime(10_000);
  expect(told).toEqual([]);
  const slow = stepProgress(terminal(false, told), true, 3);
  jest.advanceTimersByTime(3_000);
  expect(told).toEqual(["Reading the account …"]);
  slow.finish();
  jest.useRealTimers();
});
