import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { asFailure, SetupFailure } from "./failure.mjs";

test("a failure says what, why and how to fix it, further lines indented", () => {
  expect(new SetupFailure({ what: "It broke.", why: "one\ntwo", fix: "Mend it." }).message).toBe(
    "It broke.\n  why: one\n       two\n  fix: Mend it.",
  );
});

test("a failure stays itself", () => {
  const failure = new SetupFailure({ what: "a", why: "b", fix: "c" });
  expect(asFailure(failure)).toBe(failure);
});

test("a file that can't be used is named", () => {
  let thrown: unknown;
  try {
    readFileSync("/no/such/file");
  } catch (error) {
    thrown = error;
  }
  expect(asFailure(thrown)).toMatchObject({
    what: "The set-up can't use /no/such/file.",
    why: "ENOENT: no such file or directory, open '/no/such/file'",
  });
});

test("a full disk is told as one", () => {
  const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC", path: "/disk/file" });
  expect(asFailure(full).fix).toBe("Free some space on that disk, and run the command again.");
});

test("anything else keeps its message", () => {
  expect(asFailure("odd")).toMatchObject({ what: "The set-up failed.", why: "odd" });
});
