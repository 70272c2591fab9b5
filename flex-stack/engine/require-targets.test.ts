import { describe, expect, test } from "@jest/globals";
import { urnOf } from "../changes/engine-events.fixture.ts";
import { Failure } from "../failure/failure.ts";
import { requireTargets } from "./require-targets.ts";

const queue = "twilio:taskrouter:TaskQueue";
const urns = ["flex-routing-queue-sales", "flex-routing-queue-billing"].map((name) => urnOf(queue, name));

describe("targets", () => {
  test.each([
    [[]],
    [["flex-routing-queue-sales"]],
    [["flex-routing-queue-sales", "flex-routing-queue-billing"]],
    [["*nothing*"]],
    [[urnOf(queue, "nothing")]],
  ])("%j go to Pulumi", (targets) => {
    expect(() => requireTargets(targets, urns, "dev")).not.toThrow();
  });

  test.each([
    [["billing"], "billing", "Did you mean flex-routing-queue-billing?"],
    [["flex-routing-queue-slaes"], "flex-routing-queue-slaes", "Did you mean flex-routing-queue-sales?"],
    [["flex-routing-queue-sales", "nothing"], "nothing", undefined],
  ])("%j have one that is no resource", (targets, name, fix) => {
    const refuse = () => requireTargets(targets, urns, "dev");
    expect(refuse).toThrow(new Failure({ what: `Stack "dev" has no resource with the name "${name}".` }));
    expect(refuse).toThrow(expect.objectContaining({ fix, exitCode: 2 }));
  });
});
