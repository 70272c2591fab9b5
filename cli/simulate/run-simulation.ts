import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { checkChat, checkText } from "./check-options.ts";
import { requireTerminal, talkOn } from "./interactive.ts";
import { putBackText } from "./put-back-text.ts";
import { timeline } from "./timeline.ts";
import {
  simulateChat,
  simulateText,
  talkInChat,
  talkInTexts,
  type ChatOptions,
  type SimulateOptions,
  type Simulation,
  type Talk,
  type TextOptions,
} from "../../flex-stack/simulate/index.ts";

/** Sends a text through the stack on its local Twilio and tells how far it got. */
export async function runTextSimulation(options: TextOptions, context: CommandContext): Promise<number> {
  checkText(options);
  if (options.interactive)
    return talk(options, options.from, context, (stackRun, body) => talkInTexts(stackRun, options, body));
  return run(options, context, (stackRun) => simulateText(stackRun, options));
}

/** The same for what a visitor says in a web chat. */
export async function runChatSimulation(options: ChatOptions, context: CommandContext): Promise<number> {
  checkChat(options);
  if (options.interactive)
    return talk(options, options.identity, context, (stackRun, body) => talkInChat(stackRun, options, body));
  return run(options, context, (stackRun) => simulateChat(stackRun, options));
}

function run(
  { stack, cwd, json }: SimulateOptions,
  context: CommandContext,
  simulate: (stackRun: StackRun) => Promise<Simulation>,
): Promise<number> {
  const terminal = conversation(context, { json });
  return runStack({ stack, cwd }, terminal, async (stackRun) => {
    const simulation = await simulate(stackRun);
    if (json) context.terminal.print(JSON.stringify(simulation, null, 2));
    else for (const line of report(simulation, terminal)) terminal.print(line);
    return simulation.reached ? ExitCode.ok : ExitCode.failed;
  });
}

/** @param name Who the customer is. */
function talk(
  { stack, cwd, body: first }: SimulateOptions,
  name: string,
  { terminal }: CommandContext,
  begin: (stackRun: StackRun, body: (talk: Talk) => Promise<void>) => Promise<void>,
): Promise<number> {
  requireTerminal(terminal);
  return runStack({ stack, cwd }, terminal, async (stackRun) => {
    await begin(stackRun, (going) => talkOn(going, { name, first }, terminal, stackRun.signal));
    return ExitCode.ok;
  });
}

function report(simulation: Simulation, terminal: Styled): string[] {
  const { entries, reached, task, problem, fix, unasked, putBack, servedBefore, unanswered } = simulation;
  const end = reached
    ? terminal.style("green", `The message reached ${task?.agents.join(", ")}.`)
    : terminal.style("red", `The message did not get through. ${problem ?? ""}`.trim());
  return [
    ...putBack.map(putBackText),
    ...servedBefore.map((sid) => `Task ${sid} was older, and was served first.`),
    ...timeline(entries, terminal),
    "",
    end,
    ...(fix === null ? [] : [`  fix: ${fix}`]),
    ...(unanswered.length === 0
      ? []
      : [
          `Nobody answers: TaskRouter takes ${unanswered.join(", ")} for away when the time to accept is over, and the next simulate ` +
            "makes them available again. --answer has whoever is offered the task serve it.",
        ]),
    ...(unasked === 0
      ? []
      : [
          `The last ${unasked === 1 ? "" : `${unasked} `}of --reply ${unasked === 1 ? "was" : "were"} not sent: nothing asked for an answer any more.`,
        ]),
  ];
}
