import { expect, test } from "@jest/globals";
import { Clock } from "./clock.ts";

function keptOffset(): { read(): number; write(offset: number): void } {
  let kept = 0;
  return { read: () => kept, write: (offset) => void (kept = offset) };
}

test("shows the source's time until it is advanced, and stays advanced when it is made again", () => {
  const offset = keptOffset();
  const clock = new Clock(() => 1000, offset);
  expect(clock.now()).toBe(1000);
  clock.advance(600_000);
  clock.advance(1);
  expect(clock.now()).toBe(601_001);
  expect(new Clock(() => 2000, offset).now()).toBe(602_001);
});

test.each([-1, NaN, Infinity])("is not advanced by %d", (step) => {
  const clock = new Clock(() => 1000, keptOffset());
  expect(() => clock.advance(step)).toThrow(`The clock only moves forward; ${step} ms is no such step`);
  expect(clock.now()).toBe(1000);
});
