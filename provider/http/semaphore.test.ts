import { expect, test } from "@jest/globals";

import { Semaphore } from "./semaphore.ts";

const forever = new AbortController().signal;

/** Work that ends when told. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { run: () => promise, end: resolve };
}

/** Lets what is due happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("lets the limit in, and the others in order as places get free", async () => {
  const semaphore = new Semaphore(2);
  const started: number[] = [];
  const jobs = [0, 1, 2, 3].map(() => work());
  const done = jobs.map((job, index) =>
    semaphore.run(forever, () => {
      started.push(index);
      return job.run();
    }),
  );
  await settle();
  expect(started).toEqual([0, 1]);
  jobs[1]!.end();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  jobs[0]!.end();
  await settle();
  expect(started).toEqual([0, 1, 2, 3]);
  jobs[2]!.end();
  jobs[3]!.end();
  await Promise.all(done);
});

test("gives the place back when the work fails", async () => {
  const semaphore = new Semaphore(1);
  await expect(semaphore.run(forever, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(semaphore.run(forever, async () => "in")).resolves.toBe("in");
});

test("stops waiting when the signal aborts, without losing the place", async () => {
  const semaphore = new Semaphore(1);
  const holder = work();
  const held = semaphore.run(forever, holder.run);
  const abort = new AbortController();
  const waiting = semaphore.run(abort.signal, async () => "never");
  const next = semaphore.run(forever, async () => "next");
  abort.abort(new Error("cancelled"));
  await expect(waiting).rejects.toThrow("cancelled");
  await expect(semaphore.run(abort.signal, async () => "never")).rejects.toThrow("cancelled");
  holder.end();
  await held;
  await expect(next).resolves.toBe("next");
});

/** How many of so many jobs are let in at once. */
async function room(semaphore: Semaphore, jobs: number): Promise<number> {
  let inside = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = Array.from({ length: jobs }, () =>
    semaphore.run(forever, () => {
      inside += 1;
      return promise;
    }),
  );
  await settle();
  const found = inside;
  resolve();
  await Promise.all(done);
  return found;
}

test("lets half as many in when they were too many, and one more each time that all had no trouble", async () => {
  const semaphore = new Semaphore(10);
  const { lowered } = semaphore;
  // Five that were under way together were refused together.
  for (let refused = 0; refused < 5; refused += 1) semaphore.lower(lowered);
  expect(await room(semaphore, 12)).toBe(5);
  semaphore.lower(semaphore.lowered);
  expect(await room(semaphore, 12)).toBe(2);
  for (let ended = 0; ended < 2; ended += 1) semaphore.raise();
  expect(await room(semaphore, 12)).toBe(3);
  for (let ended = 0; ended < 3 + 4 + 5 + 6 + 7 + 8 + 9; ended += 1) semaphore.raise();
  expect(await room(semaphore, 12)).toBe(10);
  semaphore.raise();
  expect(await room(semaphore, 12)).toBe(10);
  for (let again = 0; again < 9; again += 1) semaphore.lower(semaphore.lowered);
  expect(await room(semaphore, 3)).toBe(1);
});

test("lets nobody in as long as there are more than there may be", async () => {
  const semaphore = new Semaphore(4);
  const jobs = Array.from({ length: 6 }, () => work());
  const started = new Set<number>();
  const done = jobs.map((job, index) => semaphore.run(forever, () => (started.add(index), job.run())));
  await settle();
  semaphore.lower(semaphore.lowered);
  const after = async (ended: number) => {
    jobs[ended]?.end();
    await settle();
    return started.size;
  };
  expect([await after(0), await after(1), await after(2), await after(3)]).toEqual([4, 4, 5, 6]);
  for (const job of jobs) job.end();
  await Promise.all(done);
});
