import { beforeEach, describe, expect, test } from "@jest/globals";
import { contactCentre } from "../../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../../tests/support/useLocalTwilio.ts";

const start = Date.UTC(2024, 0, 1);
let now = start;
const local = useLocalTwilio({ seed: "empty", clock: () => now });
beforeEach(() => {
  now = start;
});

/** Lets time pass. */
const pass = (seconds: number): void => {
  now += seconds * 1000;
};

describe("a task", () => {
  test("is offered to an available worker of its queue, and waits without one", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("off", { activity: "Offline" });
    const waiting = await centre.addTask();
    expect(await centre.statusOf(waiting)).toBe("pending");
    await centre.addWorker("ann");
    expect(await centre.statusOf(waiting)).toBe("reserved");
    expect(await centre.reservations(waiting)).toEqual(["ann pending"]);
  });

  test("goes from pending to completed, and is removed ten minutes later", async () => {
    const centre = await contactCentre(local);
    await centre.addWorker("ann");
    const sid = await centre.addTask();
    await centre.respond(sid, "ann", "accepted");
    expect(await centre.statusOf(sid)).toBe("assigned");
    await centre.workspace.tasks(sid).update({ assignmentStatus: "wrapping" });
    expect(await centre.reservations(sid)).toEqual(["ann wrapping"]);
    await centre.respond(sid, "ann", "completed");
    expect(await centre.workspace.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "completed",
      reason: "All reservations were completed",
    });
    pass(599);
    expect(await centre.statusOf(sid)).toBe("completed");
    pass(1);
    expect(await centre.statusOf(sid)).toBe("gone");
    expect(await centre.workspace.workers((await centre.worker("ann")).sid).reservations.list()).toEqual([]);
  });
});
