import { expect, test } from "@jest/globals";
import { contactCentre } from "../../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../../tests/support/useLocalTwilio.ts";

// Expressions that read the clock come true while nothing happens to task or workers. Monday, 08:58:30 UTC.

const local = useLocalTwilio({ seed: "empty", clock: () => Date.UTC(2024, 0, 1, 8, 58, 30) });

/** A centre whose tasks need `expression` to go to anybody. */
const centreWith = (expression: string, more: object = {}) =>
  contactCentre(local, {
    routing: (queue) => ({
      filters: [{ expression: "1==1", targets: [{ queue: queue("Everyone"), expression, ...more }] }],
    }),
  });

test("a task is offered when the minute turns, and not before", async () => {
  const opening = await centreWith("taskrouter.currentTime >= 900");
  const weekend = await centreWith("taskrouter.dayOfWeek == 'Tue'");
  const never = await centreWith("taskrouter.currentTime >= 2400", { timeout: 7200 });
  for (const centre of [opening, weekend, never]) await centre.addWorker("ann");
  const tasks = {
    opening: await opening.addTask(),
    weekend: await weekend.addTask(),
    never: await never.addTask(),
  };
  await local.advance(89);
  expect(await opening.offeredTo(tasks.opening)).toEqual([]);
  await local.advance(1);
  expect(await opening.offeredTo(tasks.opening)).toEqual(["ann"]);
  const [reservation] = await opening.workspace.tasks(tasks.opening).reservations.list();
  expect(reservation?.dateCreated).toEqual(new Date("2024-01-01T09:00:00Z"));

  expect(await weekend.offeredTo(tasks.weekend)).toEqual([]);
  await local.advance(7200);
  expect(await weekend.statusOf(tasks.weekend)).toBe("pending");
  // Its step was over before the time came, and it was the last.
  expect(await never.statusOf(tasks.never)).toBe("canceled");
  await local.advance(13 * 3600);
  expect(await weekend.statusOf(tasks.weekend)).toBe("reserved");
});

test("waiting leaves ETag and date of a task alone", async () => {
  const centre = await centreWith("taskrouter.currentTime == 2400");
  const sid = await centre.addTask();
  const before = await centre.workspace.tasks(sid).fetch();
  await local.advance(600);
  expect((await centre.workspace.tasks(sid).fetch()).dateUpdated).toEqual(before.dateUpdated);
  expect(await centre.workspace.tasks(sid).update({ ifMatch: "0", priority: 3 })).toMatchObject({
    priority: 3,
  });
});

test("a workflow that begins to read the clock counts for tasks that wait already", async () => {
  const centre = await centreWith("worker.friendly_name == 'nobody'");
  await centre.addWorker("ann");
  const sid = await centre.addTask();
  const now = new Date(((await local.own("GET", "/clock")).body as { now: string }).now);
  const inTwo = new Date(now.getTime() + 120_000);
  const time = inTwo.getUTCHours() * 100 + inTwo.getUTCMinutes();
  const target = { queue: centre.queues["Everyone"], expression: `taskrouter.currentTime == ${time}` };
  await centre.workspace.workflows(centre.workflowSid).update({
    configuration: JSON.stringify({
      task_routing: { filters: [{ expression: "1==1", targets: [target] }] },
    }),
  });
  await local.advance(59);
  expect(await centre.offeredTo(sid)).toEqual([]);
  await local.advance(61);
  expect(await centre.offeredTo(sid)).toEqual(["ann"]);
});
