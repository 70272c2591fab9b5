import { expect, test } from "@jest/globals";
import { isSid, randomSid, seededSids } from "./sid.ts";

test("a SID is its prefix and 32 hex digits", () => {
  expect(randomSid("WQ")).toMatch(/^WQ[0-9a-f]{32}$/);
  expect(randomSid("WQ")).not.toBe(randomSid("WQ"));
  expect(isSid(randomSid("WQ"), "WQ")).toBe(true);
  expect(isSid(randomSid("WQ"), "WK")).toBe(false);
  expect(isSid("WQ", "WQ")).toBe(false);
  expect(isSid(`WQ${"g".repeat(32)}`, "WQ")).toBe(false);
});

test("seeded SIDs are all different, and the same for the same seed", () => {
  const make = (seed: string): string[] => {
    const newSid = seededSids(seed);
    return ["WQ", "WQ", "WK", "WQ"].map(newSid);
  };
  expect(make("AC1")).toEqual(make("AC1"));
  expect(new Set([...make("AC1"), ...make("AC2")]).size).toBe(8);
  expect(make("AC1").every((sid) => /^W[QK][0-9a-f]{32}$/.test(sid))).toBe(true);
});
