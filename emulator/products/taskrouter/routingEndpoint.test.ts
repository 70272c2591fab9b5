import { expect, test } from "@jest/globals";
import type { RoutingTrace } from "../../../routing/index.ts";
import { contactCentre } from "../../../tests/support/contactCentre.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const ask = async (sid: string) => {
  const { status, body } = await local.own("GET", `/routing/${sid}`);
  return { status, ...(body as { trace?: RoutingTrace | null; code?: number }) };
};

test("tells of every worker why the task does not go there", async () => {
  const centre = await contactCentre(local, { queue: { targetWorkers: "level > 1" } });
  await centre.addWorker("ann", { attributes: { level: 2 }, activity: "Offline" });
  await centre.addWorker("bob", { attributes: { level: 1 } });
  const { status, trace } = await ask(await centre.addTask());
  expect(status).toBe(200);
  expect(trace?.outcome.kind).toBe("waiting");
  const reasons = trace?.defaultStep?.workers.map((worker) => [
    worker.friendlyName,
    worker.reasons.map(({ reason }) => reason),
  ]);
  expect(reasons).toEqual([
    ["ann", ["activity"]],
    ["bob", ["not in queue"]],
  ]);
});

test("has nothing to tell of a task that passes no workflow, or is not there", async () => {
  const centre = await contactCentre(local);
  const routingTarget = await centre.addWorker("ann");
  const sid = await centre.addTask({ workflowSid: undefined, routingTarget });
  expect(await ask(sid)).toEqual({ status: 200, trace: null });
  expect(await ask(`WT${"0".repeat(32)}`)).toMatchObject({ status: 404, code: 20404 });
});
