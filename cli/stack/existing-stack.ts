import { backendText } from "../project/backend.ts";
import type { DeployedResource } from "./deployment.ts";
import type { StackRun } from "./run-stack.ts";

/** What the stack holds; a stack that does not exist is created, and that is said. */
export async function existingOrNew({ session, terminal }: StackRun): Promise<DeployedResource[]> {
  const deployed = await session.deployed();
  if (deployed) return deployed;
  await session.create();
  terminal.print(`Stack ${session.name}: created, state in ${backendText(session.backend)}.`);
  return [];
}
