import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { onInterrupt } from "./interrupt.ts";

describe("interrupts", () => {
  test.each<[string, [NodeJS.Signals, number][], string[], number | undefined]>([
    ["none", [], [], undefined],
    ["one Ctrl-C", [["SIGINT", 0]], ["first SIGINT"], 130],
    [
      "one that npm passes on as well",
      [
        ["SIGINT", 0],
        ["SIGINT", 5],
      ],
      ["first SIGINT"],
      130,
    ],
    [
      "two",
      [
        ["SIGINT", 0],
        ["SIGINT", 1000],
      ],
      ["first SIGINT", "second SIGINT"],
      130,
    ],
    [
      "termination, then Ctrl-C",
      [
        ["SIGTERM", 0],
        ["SIGINT", 1000],
      ],
      ["first SIGTERM", "second SIGINT"],
      143,
    ],
    ["a closed terminal", [["SIGHUP", 0]], ["first SIGHUP"], 129],
  ])("%s", (_, signals, expected, exitCode) => {
    const source = new EventEmitter();
    const heard: string[] = [];
    let time = 0;
    const interrupts = onInterrupt(
      {
        onFirst: (signal) => heard.push(`first ${signal}`),
        onSecond: (signal) => heard.push(`second ${signal}`),
      },
      source,
      () => time,
    );
    for (const [signal, at] of signals) {
      time = at;
      source.emit(signal, signal);
    }
    expect(heard).toEqual(expected);
    expect(interrupts.exitCode).toBe(exitCode);
    interrupts.release();
    expect(source.listenerCount("SIGINT")).toBe(0);
  });
});
