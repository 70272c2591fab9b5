import { describe, expect, test } from "@jest/globals";
import { asFailure, Failure, failureJson, failureText } from "./failure.ts";

const plain = { style: (_: unknown, text: string) => text };

describe("failures", () => {
  test("say what, why and how to fix it", () => {
    const failure = new Failure({ what: "Broken.", why: "It fell.", fix: "one\ntwo", exitCode: 2 });
    expect(failureText(failure, plain)).toBe("error: Broken.\n  why: It fell.\n  fix: one\n       two");
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
