import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import type { Receiver } from "../support/receiver.ts";
import type { Centres } from "./centre.ts";
import { faults } from "./faults/index.ts";

/** What is broken so that a command mends it; it is run as it is printed. */
const mended = [
  "the session was closed by a program",
  "the session outlived its task",
  "the customer was taken out of the session",
  "the chat channel was deleted",
  "the channel's attributes lost the session",
  "an execution that goes on with nothing holds the contact",
  "the agent role lost a permission",
  "the agent is in the channel as a guest",
  "the task was completed by a program, which leaves everything else",
  "an orchestration of one's own leaves the channel active",
  "an orchestration of one's own leaves the agent in the channel",
];

export function testCleanUp(centres: Centres, receiver: Receiver): void {
  test.each(mended)("%s", async (name) => {
    const fault = faults.find((one) => one.name === name);
    const centre = await centres.open({ webhookTimeout: fault?.webhookTimeout ?? 300 });
    const subject = (await fault?.break(centre, receiver)) ?? "";
    const { problem } = await centre.diagnose(subject, { showContent: true });
    expect(problem?.cause).toBe(fault?.expect.cause);
    await run(problem?.command ?? "", centre.emulator.authToken);
    const again = await centre.diagnose(subject);
    expect(again.findings.map(({ problem: other }) => other?.cause)).not.toContain(problem?.cause);
  });
}

async function run(command: string, authToken: string): Promise<void> {
  await promisify(execFile)("sh", ["-c", command], { env: { ...process.env, TWILIO_AUTH_TOKEN: authToken } });
}
