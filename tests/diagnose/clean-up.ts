import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "@jest/globals";
import type { Problem } from "../../flex-stack/diagnose/finding.ts";
import { mendedByUp } from "./repairs.ts";
import type { BrokenCentre } from "./centre.ts";

const up = "npx flex-stack up --refresh --stack dev";

/** Holds the advice of a problem to what was seen: what names no command that mends is words. */
export function expectAdvice(name: string, { fix }: Problem): void {
  expect({ name, up: fix.includes(up) }).toEqual({ name, up: mendedByUp.has(name) });
  expect(fix.replace(up, "")).not.toMatch(/npx|npm|curl|flex-stack/);
}

/** Runs the command of each problem that is found, as it is printed: the problem must be gone. */
export async function expectCommandsToMend(
  { emulator }: BrokenCentre,
  find: () => Promise<readonly Problem[]>,
): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const found = await find();
    const left = found.filter(({ command = "" }) => tried.has(command));
    expect(left).toEqual([]);
    const next = found.find(({ command }) => command !== undefined)?.command;
    if (next === undefined) return;
    await run(next, emulator.authToken);
    tried.add(next);
  }
}

async function run(command: string, authToken: string): Promise<void> {
  await promisify(execFile)("sh", ["-c", command], { env: { ...process.env, TWILIO_AUTH_TOKEN: authToken } });
}
