import { expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { done, failed, said, started, state, step, urnOf } from "../changes/engine-events.fixture.ts";
import { Operation } from "../changes/operation.ts";
import { readDeployment } from "../state/deployment.ts";
import { recordedAfter, recordedText } from "./recorded.ts";

const queue = "twilio:taskrouter:TaskQueue";
const id = "WS1/WQ1";
const created = done(step("create", queue, "billing", { new: state(queue, "billing", { id }) }));
const deleted = done(step("delete", queue, "billing", { old: state(queue, "billing", { id }) }));
const pending = started(step("create", queue, "sales"));
const end: EngineEvent = {
  ...{ sequence: 0, timestamp: 0 },
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: {}, policyPacks: {} },
};

const holding =
  (...ids: string[]) =>
  () =>
    Promise.resolve(
      readDeployment(
        JSON.stringify({
          deployment: {
            resources: ids.map((each) => ({
              urn: urnOf(queue, "billing"),
              type: queue,
              custom: true,
              id: each,
            })),
          },
        }),
      ),
    );
const unreadable = () => Promise.reject(new Error("unexpected end of JSON input"));

const succeeded = "What succeeded is recorded; correct the error and run it again.";
const preview = "npm run preview shows what the next run would do.";
const doubt =
  "Pulumi did not come to its end, or its state can't be read or written: what was done may not be recorded.";
const open = "Pulumi ended while it worked on sales: what became of that is not known.";

test.each<[string, EngineEvent[], ReturnType<typeof holding>, string[]]>([
  ["what was made is in the state", [created, end], holding(id), [succeeded]],
  ["what was deleted is not in it", [deleted, end], holding(), [succeeded]],
  [
    "what failed need not be in it",
    [failed(step("create", queue, "sales")), created, end],
    holding(id),
    [succeeded],
  ],
  [
    "the state was not written: the disk was full",
    [created, end],
    holding(),
    ["Not recorded, though it was done: billing.", preview],
  ],
  [
    "it has another object",
    [created, end],
    holding("WS1/WQ2"),
    ["Not recorded, though it was done: billing.", preview],
  ],
  [
    "what was deleted is still in it",
    [deleted, end],
    holding(id),
    ["Not recorded, though it was done: billing.", preview],
  ],
  ["Pulumi was killed", [created], holding(id), [doubt, preview]],
  ["Pulumi was killed at work", [created, pending], holding(id), [doubt, open, preview]],
  [
    "Pulumi was stopped at work",
    [created, pending, end],
    holding(id),
    ["What was finished is recorded.", open, preview],
  ],
  [
    "Pulumi says that the state was not written, of which nothing is seen in it",
    [said("error", "saving snapshot: write dev.json: no space left on device"), created, end],
    holding(id),
    [doubt, preview],
  ],
  ["the state can't be read", [created, end], unreadable, [doubt, preview]],
])("%s", async (_, events, read, lines) => {
  const operation = new Operation({ planOnly: false });
  for (const event of events) operation.apply(event);
  expect(recordedText(await recordedAfter(operation, read), "failed")).toEqual(lines);
});

test("of many a few are named", () => {
  const missing = ["a", "b", "c", "d", "e", "f", "g"];
  expect(recordedText({ sure: true, missing, open: [] }, "stopped")[0]).toBe(
    "Stopped. Not recorded, though it was done: a, b, c, d, e and 2 more.",
  );
});
