import { beforeAll, test } from "@jest/globals";
import { expect, stackUnderTest, type StackUnderTest } from "../../testing/index.ts";

// Where the centre sends tasks, asked of the program itself: no account, nothing deployed.

const inbound = { workflow: "inbound" };
let centre: StackUnderTest;
beforeAll(async () => {
  const stack = await stackUnderTest("dev", { folder: import.meta.dirname });
  centre = stack.withWorkers({
    ann: { skills: ["billing"], attributes: { level: 2, languages: ["en"] } },
    bob: { skills: ["support", "vip"], attributes: { level: 5, languages: ["en", "de"] } },
    eve: { skills: ["billing"], attributes: { level: 4, languages: ["de"] }, activity: "Break" },
  });
});

test("a customer comes back to the agent they know", () => {
  expect(centre).toRoute({ targetWorker: "client:ann" }, inbound).to("ann");
});

test("a customer whose agent is away gets somebody else after 45 seconds", () => {
  expect(centre).toRoute({ targetWorker: "client:eve" }, inbound).toNobody();
  expect(centre).toRoute({ targetWorker: "client:eve" }, inbound).toQueue("Everyone");
  expect(centre)
    .toRoute({ targetWorker: "client:eve" }, { ...inbound, after: 45 })
    .toQueue("Overflow");
  expect(centre)
    .toRoute({ targetWorker: "client:eve" }, { ...inbound, after: 45 })
    .to("ann", "bob");
});

test.each([
  [{ vip: true }, "bob"],
  [{ language: "de", skill: "support" }, "bob"],
  [{ skill: "billing" }, "ann"],
])("%j goes to %s", (task, agent) => {
  expect(centre).toRoute(task, inbound).to(agent);
});

test("what is about nothing in particular goes to everyone", () => {
  expect(centre).toRoute({}, inbound).toQueue("Everyone");
});
