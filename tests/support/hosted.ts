import { startHost } from "../../flex-stack/host/start-host.ts";

/**
 * Runs a command of Pulumi with its program and its provider in one process, as `flex-stack preview` does: a third of
 * what it takes with Pulumi's own language host, which starts a process for each and is what other tests are for.
 *
 * @param run Runs the command, with these variables besides.
 * @returns what that returned, and what program and provider printed
 */
export async function hosted<T>(
  projectFolder: string,
  env: NodeJS.ProcessEnv,
  run: (variables: NodeJS.ProcessEnv) => Promise<T>,
): Promise<[ran: T, printed: string]> {
  const lines: string[] = [];
  const host = await startHost({
    projectFolder,
    env: env as Record<string, string>,
    onLine: (_, line) => lines.push(line),
  });
  const ran = await run({ PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}` }).finally(async () => {
    const failure = await host.close();
    if (failure !== undefined) lines.push(failure.message);
  });
  return [ran, lines.join("\n")];
}
