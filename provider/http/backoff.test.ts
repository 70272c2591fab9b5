import { describe, expect, test } from "@jest/globals";

import { backoff, retryAfter } from "./backoff.ts";

describe("backoff", () => {
  const cases: [attempt: number, random: number, expected: number][] = [
    [0, 0, 250],
    [0, 1, 500],
    [1, 0, 500],
    [3, 0.5, 3000],
    [6, 0, 15_000],
    [6, 1, 30_000],
    [50, 1, 30_000],
  ];
  for (const [attempt, random, expected] of cases) {
    test(`attempt ${attempt}, random ${random}`, () => expect(backoff(attempt, () => random)).toBe(expected));
  }
});

describe("Retry-After", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const cases: [header: string | undefined, expected: number | undefined][] = [
    [undefined, undefined],
    ["3", 3000],
    ["0", 0],
    ["0.5", 500],
    [" 2 ", 2000],
    ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
  ];
  for (const [header, expected] of cases) {
    test(String(header), () => expect(retryAfter(header, now)).toBe(expected));
  }
});
