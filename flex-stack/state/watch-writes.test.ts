import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type { Unwritable } from "./room.ts";
import { watchWrites, type WriteWatch } from "./watch-writes.ts";

const full: Unwritable = { folder: "/p", why: "the disk is full", way: "Make room there" };

let answers: (Unwritable | undefined)[];
let probes: number;
let told: Unwritable[];
let watch: WriteWatch;
beforeEach(() => {
  jest.useFakeTimers();
  [answers, probes, told] = [[], 0, []];
  watch = watchWrites({
    probe: () => {
      probes += 1;
      return Promise.resolve(answers.shift());
    },
    onUnwritable: (found) => told.push(found),
    now: () => Date.now(),
  });
});
afterEach(() => {
  watch.stop();
  jest.useRealTimers();
});

test("Pulumi that stands still because nothing can be written is found after two tries, once", async () => {
  answers = [full, full, full];
  await jest.advanceTimersByTimeAsync(2000);
  expect([probes, told, watch.found]).toEqual([1, [], undefined]);
  await jest.advanceTimersByTimeAsync(20_000);
  expect([probes, told, watch.found]).toEqual([2, [full], full]);
});

test("while Pulumi says something nothing is tried", async () => {
  answers = [full, full];
  for (let second = 0; second < 30; second++) {
    await jest.advanceTimersByTimeAsync(1000);
    watch.heard();
  }
  expect([probes, told]).toEqual([0, []]);
});

test("where writing works, standing still has another reason", async () => {
  await jest.advanceTimersByTimeAsync(60_000);
  expect([probes, told]).toEqual([30, []]);
});

test("one that fails between two that do not is no reason", async () => {
  answers = [full, undefined, full, undefined];
  await jest.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
});

test("what Pulumi says in between shows that it goes on", async () => {
  answers = [full, full];
  await jest.advanceTimersByTimeAsync(2500);
  watch.heard();
  await jest.advanceTimersByTimeAsync(1600);
  expect([probes, told]).toEqual([1, []]);
  await jest.advanceTimersByTimeAsync(2000);
  expect([probes, told]).toEqual([2, []]);
});

test("after the run nothing is looked at", async () => {
  answers = [full, full];
  watch.stop();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(probes).toBe(0);
});
