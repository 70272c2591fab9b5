import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { remoteResources, type DeployedResource } from "../../flex-stack/state/deployment.ts";
import { declined } from "./result.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import type { DestroyOptions } from "./options.ts";

/**
 * Takes out of the state what it records of a local Twilio that is no longer here. Nothing is deleted: some of the first
 * things of every local Twilio have the same SIDs, and those here are not the stack's.
 */
export async function forget(
  run: StackRun,
  options: DestroyOptions,
  context: CommandContext,
  deployed: readonly DeployedResource[],
): Promise<number> {
  const { session, dialogue } = run;
  const count = remoteResources(deployed).length;
  dialogue.print(
    `Stack ${session.name}: its ${count} resources are in another local Twilio; here is nothing to delete.`,
  );
  if (!options.yes && dialogue.interactive && !(await confirm(run, "Forget what is recorded of them?")))
    return declined(run, context, options);
  await session.forget();
  if (options.json)
    context.terminal.print(
      JSON.stringify({ stack: session.name, result: "forgotten", forgotten: count }, null, 2),
    );
  else dialogue.print(`Stack ${session.name}: ${count} forgotten, nothing deleted.`);
  return ExitCode.ok;
}
