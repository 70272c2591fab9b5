import { backendText } from "../project/backend.ts";
import type { DeployedResource } from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";
import { readAgain } from "./look-up.ts";
import { settle, unsure } from "./settle.ts";

/** What the stack holds; a stack that does not exist is created, and that is said. */
export async function existingOrNew(run: StackRun): Promise<DeployedResource[]> {
  const { session, dialogue } = run;
  const deployed = await settle(run);
  if (deployed) {
    const changed = unsure(run, deployed);
    if (changed.length === 0) return deployed;
    await readAgain(run, changed);
    return (await session.deployed()) ?? [];
  }
  await session.create();
  dialogue.print(`Stack ${session.name}: created, state in ${backendText(session.backend)}.`);
  return [];
}
