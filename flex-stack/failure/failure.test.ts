import { describe, expect, test } from "@jest/globals";
import { asFailure, Failure, failureJson, failureText } from "./failure.ts";

const plain = { style: (_: unknown, text: string) => text };

describe("failures", () => {
  test("say what, why and how to fix it", () => {
    const failure = new Failure({ what: "Broken.", why: "It fell.", fix: "one\ntwo", exitCode: 2 });
    expect(failureText(failure, plain)).toBe("error: Broken.\n  why: It fell.\n  fix: one\n       two");
  });

  test("quote nothing that moves a cursor or turns the direction of reading", () => {
    const hostile = "a\u001b[2Jb\u202ec\u0007";
    const failure = new Failure({ what: hostile, why: hostile, fix: `${hostile}\nd` });
    expect(failureText(failure, plain)).toBe(
      "error: a [2Jb\ufffdc \n  why: a [2Jb\ufffdc \n  fix: a [2Jb\ufffdc \n       d",
    );
  });

  test.each<[unknown, string]>([
    [new TypeError("x is not a function"), "x is not a function"],
    ["text", "text"],
    [new Error(""), "Something failed without saying what."],
  ])("%p becomes one", (thrown, what) => {
    expect(asFailure(thrown)).toMatchObject({
      what,
      exitCode: 1,
      fix: expect.stringContaining("FLEX_STACK_DEBUG=1") as unknown,
    });
  });

  test("are JSON for programs", () => {
    const failure = new Failure({ what: "Broken.", fix: "Mend it.", exitCode: 2 });
    expect(JSON.parse(failureJson(failure))).toEqual({
      result: "failed",
      error: { what: "Broken.", fix: "Mend it." },
      exitCode: 2,
    });
  });

  test("stay what they are", () => {
    const failure = new Failure({ what: "x" });
    expect(asFailure(failure)).toBe(failure);
  });
});
