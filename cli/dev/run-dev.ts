import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { passOn, SerialRuns, tail, watchFiles } from "../../flex-stack/dev/index.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { localAccount, TwilioHttp } from "../../flex-stack/simulate/index.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { timeline } from "../simulate/timeline.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { DevOptions } from "./options.ts";

/** Keeps a local stack as its files say and tells what happens on it, until it is told to stop. */
export async function runDev(options: DevOptions, { terminal }: CommandContext): Promise<number> {
  let isEnded = false;
  const code = await runStack(options, terminal, async (run) => {
    const { endpoint, name, projectFolder } = run.session;
    if (!endpoint?.loopback) throw notLocal(name);
    terminal.print(`Open ${endpoint.url}/`);
    if (options.forward !== undefined) {
      const shown = await passOn(endpoint.url, options.forward);
      terminal.print(`What the account sends to http://127.0.0.1:4200 is passed on to ${shown}.`);
    }
    const http = new TwilioHttp(localAccount(run));
    const runs = new SerialRuns((files) => apply(options, files, run));
    const watch = watchFiles(projectFolder, (files) => void runs.ask(files));
    try {
      void runs.ask([]);
      for await (const { conversation, entries } of tail(http, run.signal)) {
        await runs.idle;
        const head = `${terminal.style("bold", conversation)}  ${terminal.style("dim", `${endpoint.url}/#/journey/${conversation}`)}`;
        terminal.print([head, ...timeline(entries, terminal)].join("\n"));
      }
    } finally {
      watch.close();
      await runs.idle;
      // One that stays behind must not go on with it.
      if (options.forward !== undefined) await passOn(endpoint.url, undefined).catch(() => undefined);
    }
    isEnded = true;
    return ExitCode.ok;
  });
  // Ctrl-C is how it ends.
  return isEnded ? ExitCode.ok : code;
}

/** `flex-stack up` in a process of its own, which loads the files as they are now. */
async function apply(
  { stack, cwd }: DevOptions,
  files: readonly string[],
  { dialogue, signal }: StackRun,
): Promise<void> {
  if (signal.aborted) return;
  if (files.length > 0) dialogue.print(`\n${changedText(files, dialogue)}`);
  const command = fileURLToPath(new URL("../flex-stack.js", import.meta.url));
  const child = spawn(process.execPath, [command, "up", "--stack", stack, "--cwd", cwd], {
    stdio: "inherit",
  });
  // Ctrl-C in a terminal reaches it as well; a signal to this process alone is passed on.
  const stop = (): void => void child.kill("SIGINT");
  signal.addEventListener("abort", stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  }).finally(() => signal.removeEventListener("abort", stop));
  if (signal.aborted) return;
  dialogue.print(
    code === ExitCode.ok
      ? dialogue.style(
          "dim",
          "Watching. A change of the program or its configuration is applied as you save it. Ctrl-C stops.",
        )
      : `up ended with ${code}. Save a correction, and it runs again; Ctrl-C stops.`,
  );
}

/** As many names as one line has room for. */
function changedText(files: readonly string[], { style }: Dialogue): string {
  const [first = "", second] = files;
  const named =
    files.length > 2
      ? `${first} and ${files.length - 1} more`
      : [first, second].filter(Boolean).join(" and ");
  return style("bold", `${named} changed.`);
}

function notLocal(stack: string): Failure {
  return new Failure({
    what: `Stack "${stack}" is on a real account, and dev applies every change at once.`,
    why: "There a change is looked at first.",
    fix: "Use a stack on the local Twilio (twilio:endpoint http://127.0.0.1:4100), such as dev; flex-stack preview and flex-stack up for this one.",
    exitCode: ExitCode.usage,
  });
}
