import { beforeAll, test } from "@jest/globals";
import { expect, stackUnderTest, type StackUnderTest } from "../../testing/index.ts";

let stack: StackUnderTest;
beforeAll(async () => {
  stack = (await stackUnderTest("dev")).withWorkers({
    ann: { skills: ["billing"] },
    eve: { activity: "Break" },
  });
});

test("a customer comes back to the agent they know", () => {
  expect(stack).toRoute({ targetWorker: "client:ann" }).to("ann");
});

test("nobody waits for an agent who is away", () => {
  expect(stack).toRoute({ targetWorker: "client:eve" }).toNobody();
  expect(stack).toRoute({ targetWorker: "client:eve" }, { after: 30 }).toQueue("Overflow");
});
