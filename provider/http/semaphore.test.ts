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
