import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { agentState } from "../../flex-stack/simulate/index.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { AgentOptions } from "./options.ts";

/** Tells how an agent is on the local Twilio, after giving them the activity that was asked for. */
export async function runAgent(
  worker: string,
  options: AgentOptions,
  context: CommandContext,
): Promise<number> {
  const { stack, cwd, json, activity } = options;
  const terminal = conversation(context, { json });
  return runStack({ stack, cwd }, terminal, async (run) => {
    const state = await agentState(run, worker, activity);
    if (json) {
      context.terminal.print(JSON.stringify(state, null, 2));
      return ExitCode.ok;
    }
    const before = state.before === null ? "" : `, before ${state.before}`;
    const tasks = state.available ? "gets tasks" : "gets no tasks";
    terminal.print(`${state.worker} is ${state.activity}${before}: ${tasks}.`);
    for (const { sid, taskSid, status } of state.reservations)
      terminal.print(`  ${status.padEnd(8)}  task ${taskSid}  ${terminal.style("dim", sid)}`);
    return ExitCode.ok;
  });
}
