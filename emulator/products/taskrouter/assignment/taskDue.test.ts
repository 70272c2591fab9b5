import { expect, test } from "@jest/globals";
import { contactCentre } from "../../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.UTC(2024, 0, 1), taskRemovalDelay: 300 });

test.each(["canceled", "completed"])("a %s task goes when the local Twilio was told to", async (status) => {
  const centre = await contactCentre(local);
  const sid = await centre.addTask();
  if (status === "completed") {
    await centre.addWorker("ann");
    await centre.respond(sid, "ann", "accepted");
  }
  await centre.workspace.tasks(sid).update({ assignmentStatus: status as "completed" });
  await local.advance(299);
  expect(await centre.statusOf(sid)).toBe(status);
  await local.advance(1);
  expect(await centre.statusOf(sid)).toBe("gone");
});
