import { describe, expect, test } from "@jest/globals";
import { exitCodeOf } from "../../cli/diagnose/run-diagnosis.ts";
import { stepNames } from "../../cli/diagnose/finding.ts";
import { useReceiver } from "../support/receiver.ts";
import { useCentres } from "./centre.ts";
import { faults } from "./faults.ts";

// The dev stack, provisioned once by Pulumi; each way to break it gets a copy of its own.

const centres = useCentres();
const receiver = useReceiver();
/** Whoever does not answer is given up sooner than Twilio would. */
const webhookTimeout = 300;

describe.each(faults)("$name", ({ break: breakIt, expect: expected }) => {
  test(`breaks at ${expected.step}: ${expected.cause}`, async () => {
    const centre = await centres.open({ webhookTimeout });
    const subject = await breakIt(centre, receiver);
    const diagnosis = await centre.diagnose(subject);
    const { step, problem } = diagnosis;
    const found = { step, cause: problem?.cause, exit: exitCodeOf(diagnosis) };
    // What was found stands beside what differs.
    expect({ ...found, lines: [] }).toEqual({ ...expected, lines: [] });
    expect(problem?.sentence).toMatch(/^.{20,}[.!?]$/s);
    expect(problem?.fix).toMatch(/\S/);
    expect(diagnosis.calls).toBeLessThanOrEqual(60);
  });
});

test("every step is broken in at least two ways", () => {
  const counts = stepNames.map(
    (step) => faults.filter(({ expect: { step: broken } }) => broken === step).length,
  );
  expect(counts.filter((count) => count < 2)).toEqual([]);
  expect(faults.length).toBeGreaterThanOrEqual(20);
});
