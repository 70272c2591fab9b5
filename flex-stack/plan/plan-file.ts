import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { changeKinds } from "../changes/resource-change.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { writing } from "../failure/writing.ts";
import type { ChangePlan } from "./change-plan.ts";

const version = 1;
const planFile = z.object({
  flexStackPlan: z.literal(version),
  stack: z.string(),
  changes: z.array(
    z.object({ urn: z.string(), kind: z.enum(changeKinds), digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

/** Writes a plan; folders on the way are made. */
export function writePlan(file: string, plan: ChangePlan): void {
  writing(destination(file), () =>
    writeFileSync(file, `${JSON.stringify({ flexStackPlan: version, ...plan }, null, 2)}\n`),
  );
}

/** Takes away a plan of an earlier preview, so that a failed one leaves none. @throws Failure where it is no plan */
export function removePlan(file: string): void {
  writing(destination(file), () => {
    if (existsSync(file) && statSync(file).isFile() && !isPlan(file))
      throw new Failure({
        what: `${file} is no plan, and would be lost.`,
        fix: "Give --save-plan a file that is not there yet, or a plan.",
        exitCode: ExitCode.usage,
      });
    rmSync(file, { force: true });
  });
}

/** Whether flex-stack wrote it, this version or another. */
function isPlan(file: string): boolean {
  try {
    return z.object({ flexStackPlan: z.unknown() }).safeParse(JSON.parse(readFileSync(file, "utf8"))).success;
  } catch {
    return false;
  }
}

const destination = (file: string) => ({ thing: "plan", option: "--save-plan", file });

/** The plan that was reviewed for this stack. */
export function readPlan(file: string, stack: string): ChangePlan {
  const fix = `Make one: npm run preview -- --stack ${stack} --save-plan ${file}, and have it reviewed.`;
  const refuse = (why: string, cause?: unknown): Failure =>
    new Failure({ what: `${file} is no plan.`, why, fix, exitCode: ExitCode.usage, cause });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? "It is not JSON." : "It can't be read.", error);
  }
  const parsed = planFile.safeParse(value);
  if (!parsed.success)
    throw refuse("flex-stack preview --save-plan did not write it, or another version did.");
  if (parsed.data.stack !== stack)
    throw refuse(`It is a plan of stack "${parsed.data.stack}", not of "${stack}".`);
  return { stack, changes: parsed.data.changes };
}
