import { expect, test } from "@jest/globals";
import { migrate } from "../../bench/migration/journey.ts";
import { brokenPromises } from "../../bench/migration/promises.ts";

// What `npm run bench:migration` does with many customers, with a few: numbers go there, back, and there again, while
// customers write at each request, requests fail and `up` is killed.

test("every text gets to an agent, and no reply is lost; what a cut loses for a while is found and put in", async () => {
  const migrated = await migrate({
    seed: 3,
    cut: "clear-first",
    customers: 15,
    numbers: 2,
    texts: 20,
    numberUrlToo: true,
    andBack: true,
    disturbed: true,
  });
  expect(brokenPromises(migrated)).toEqual([]);
  const { outcome, told, failures } = migrated;
  // Something was at stake.
  expect(outcome.sent.length).toBeGreaterThan(150);
  expect(outcome.lost.length).toBeGreaterThan(0);
  expect(outcome.doubled.length).toBeGreaterThan(0);
  expect(told[1].replayed).toBe(outcome.lost.length);
  expect(failures).toBeGreaterThan(0);
}, 600_000);
