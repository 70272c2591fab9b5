import { expect, test } from "@jest/globals";
import { TwilioError } from "../../engine/errors.ts";
import { explain } from "../../engine/explain.ts";
import { taskChannel } from "./taskChannel.ts";
import { taskQueue } from "./taskQueue.ts";
import { workflow } from "./workflow.ts";

test.each([
  [taskChannel, "Complete or cancel the tasks that wait on the channel, then try again."],
  [
    taskQueue,
    "Complete or cancel the tasks that wait in the queue, and point workflows elsewhere, then try again.",
  ],
  [workflow, "Complete or cancel the tasks that wait in the workflow, then try again."],
])("what tasks wait for is not deleted, and users read what to do: $token", (definition, fix) => {
  const refusal = new TwilioError("It can't be deleted: pending task WT1 uses it", {
    status: 400,
    code: 20001,
  });
  expect(explain(refusal, definition, "delete", "it").message).toBe(
    "can't delete it: It can't be deleted: pending task WT1 uses it (HTTP 400, Twilio error 20001)\n" +
      `Fix: ${fix} A local Twilio forgets everything with npx flex-stack emulator --reset; then npm run destroy -- --refresh.`,
  );
});
