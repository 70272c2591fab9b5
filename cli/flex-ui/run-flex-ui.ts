import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { type DesktopAgent, desktopAgent } from "../../flex-stack/simulate/index.ts";
import type { Desktop } from "../../plugin/desktop/serve.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import { openBrowser } from "./open-browser.ts";
import type { FlexUiOptions } from "./options.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Serves an agent's desktop until a signal says to stop. */
export async function runFlexUi(options: FlexUiOptions, context: CommandContext): Promise<number> {
  const port = portOf(options.port);
  const { stack, cwd } = options;
  const terminal = conversation(context, { json: false });
  return runStack({ stack, cwd }, terminal, async (stackRun) => {
    const agent = await desktopAgent(stackRun, options.agent);
    if (options.ui === "2" && !existsSync(join(project, "plugin/desktop/dist/flex-ui-2.js")))
      throw notBundled();
    const desktop = await serve(agent, options, port);
    try {
      terminal.print(
        `${agent.name}'s desktop: ${desktop.url} (Flex UI ${options.ui === "2" ? "2.17.1" : "1.34.6"})`,
      );
      terminal.print(`Open ${agent.localTwilio}/ for customers' phones and the journeys of their messages.`);
      if (options.open && !(await openBrowser(desktop.url)))
        terminal.complain("warning: no browser could be opened; open that address by hand.");
      terminal.print("Ctrl-C stops it.");
      await stopped(stackRun);
    } finally {
      await desktop.close();
    }
    return ExitCode.ok;
  });
}

async function serve(agent: DesktopAgent, { ui, plugin }: FlexUiOptions, port: number): Promise<Desktop> {
  // Its bundler is of the plugin's packages, which are installed on demand.
  const { serveDesktop, pluginScript } = await import("../../plugin/desktop/serve.ts").catch(
    (error: unknown) => {
      throw notBundled(error);
    },
  );
  const script = plugin ? await pluginScript() : undefined;
  const { localTwilio } = agent;
  try {
    return await serveDesktop({
      localTwilio,
      flexUi: ui,
      plugin: script,
      port,
      session: () => agent.session(),
    });
  } catch (error) {
    if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    throw new Failure({
      what: `Port ${port} is in use.`,
      why: "Perhaps by another desktop.",
      fix: "Stop that one, or choose another with --port; 0 takes a free one.",
      exitCode: ExitCode.usage,
    });
  }
}

async function stopped({ signal }: StackRun): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

function portOf(given: string): number {
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= 65_535) return port;
  throw new Failure({
    what: `--port must be a number up to 65535, and is ${JSON.stringify(given)}.`,
    fix: "Leave it out, or name a free port.",
    exitCode: ExitCode.usage,
  });
}

function notBundled(cause?: unknown): Failure {
  return new Failure({
    what: "Flex UI is not there yet.",
    why: "Its packages are installed and bundled on demand, by the project's set-up.",
    fix: "Run npm run flex-ui, which does that first.",
    ...(cause === undefined ? {} : { cause }),
  });
}
