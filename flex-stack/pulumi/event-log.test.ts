import { appendFileSync, existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { EventLog } from "./event-log.ts";

const event = (sequence: number) => ({ sequence, timestamp: 0, note: "é".repeat(3) });
const line = (sequence: number) => `${JSON.stringify(event(sequence))}\n`;

test("events are heard while the file grows, whole, in order, and it goes in the end", async () => {
  const heard: EngineEvent[] = [];
  const log = new EventLog((one) => heard.push(one));
  const bytes = Buffer.from(line(1) + line(2));
  // Cut in the middle of a letter.
  const cut = bytes.lastIndexOf(0xa9);
  appendFileSync(log.file, bytes.subarray(0, cut));
  await sleep(80);
  expect(heard).toEqual([event(1)]);
  appendFileSync(log.file, bytes.subarray(cut));
  appendFileSync(log.file, line(3));
  log.end();
  expect(heard).toEqual([event(1), event(2), event(3)]);
  expect(existsSync(log.file)).toBe(false);
});

test("more than fits at once is heard whole", () => {
  const heard: EngineEvent[] = [];
  const log = new EventLog((one) => heard.push(one));
  for (let index = 0; index < 20; index++) appendFileSync(log.file, line(index).repeat(1000));
  log.end();
  expect(heard).toHaveLength(20_000);
});

test("without a file nothing was said", () => {
  const log = new EventLog(() => undefined);
  expect(() => log.end()).not.toThrow();
});

test.each<[string, string, (event: EngineEvent) => void, typeof Error]>([
  ["a line that is no event", '{"sequence":\n{}\n', () => undefined, SyntaxError],
  [
    "a listener that fails",
    line(1),
    () => {
      throw new RangeError("of the listener's own");
    },
    RangeError,
  ],
])("%s is told in the end", (_, text, onEvent, kind) => {
  const log = new EventLog(onEvent);
  appendFileSync(log.file, text);
  expect(() => log.end()).toThrow(kind);
  expect(existsSync(log.file)).toBe(false);
});
