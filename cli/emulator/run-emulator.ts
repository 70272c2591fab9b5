import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defaults, startEmulator, type Emulator, type Exchange } from "../../emulator/index.ts";
import { emulatorFailure } from "../../flex-stack/local-twilio/emulator-failure.ts";
import type { EmulatorOptions } from "../../flex-stack/local-twilio/emulator-options.ts";
import { refuseSecond } from "../../flex-stack/local-twilio/refuse-second.ts";
import { removeDatabase } from "../../flex-stack/local-twilio/remove-database.ts";
import { chooseSeed, refuseSeed } from "../../flex-stack/local-twilio/seed.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { onInterrupt } from "../terminal/interrupt.ts";
import { findProjectFolder } from "../../flex-stack/project/project.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";

/** Runs the local Twilio until a signal says to stop. */
export async function runEmulator(options: EmulatorOptions, terminal: Dialogue): Promise<number> {
  const file = resolve(findProjectFolder(options.cwd), options.file);
  const seed = chooseSeed(options);
  await refuseSecond(options);
  if (options.reset && !(await reset(file, options.yes, terminal))) return ExitCode.declined;
  const isNew = !existsSync(file);
  if (!isNew) refuseSeed(options);
  const stopped = Promise.withResolvers<void>();
  const interrupts = onInterrupt({
    onFirst: () => stopped.resolve(),
    onSecond: () => process.exit(ExitCode.ok),
  });
  const { host, port, verbose } = options;
  const onExchange = (exchange: Exchange): void => terminal.print(exchangeText(exchange));
  try {
    const emulator = await startEmulator({
      file,
      host,
      port,
      seed,
      taskRemovalDelay: options.taskRemovalDelay * 60,
      numberUrlToo: options.numberUrl,
      ...(options.sink === false || options.sink === 0
        ? {}
        : { sink: { port: options.sink, from: "start" as const } }),
      allowedHosts: options.allowHost?.map((name) => name.toLowerCase()) ?? [],
      ...(verbose ? { onExchange } : {}),
    }).catch((error: unknown) => {
      // A database that never got its account must not look like one that has it.
      if (isNew) removeDatabase(file);
      throw error;
    });
    try {
      terminal.print(greeting(emulator, options, isNew));
      await stopped.promise;
    } finally {
      await emulator.close();
    }
    terminal.print("Local Twilio: stopped.");
    return ExitCode.ok;
  } catch (error) {
    throw emulatorFailure(error);
  } finally {
    interrupts.release();
  }
}

/** Throws the database away. @returns false when the answer was no */
async function reset(file: string, yes: boolean, terminal: Dialogue): Promise<boolean> {
  if (!existsSync(file)) return true;
  if (!yes && !terminal.interactive) {
    throw new Failure({
      what: "--reset has to be confirmed.",
      why: `It throws away ${file}, and there is no terminal to ask on.`,
      fix: "Add --yes.",
      exitCode: ExitCode.usage,
    });
  }
  if (!yes) {
    const answer = await terminal.ask(`Throw away ${file}? [y/N] `).catch(() => "");
    if (!/^y(es)?$/i.test(answer)) {
      terminal.print("Nothing was thrown away.");
      return false;
    }
  }
  removeDatabase(file);
  return true;
}

function greeting(
  { url, accountSid, authToken, sink }: Emulator,
  { file, host }: EmulatorOptions,
  isNew: boolean,
): string {
  const lines = [
    `Local Twilio: ${url}`,
    `  account SID  ${accountSid}`,
    `  auth token   ${authToken === defaults.authToken ? authToken : "as the seed says"}`,
    `  database     ${file} (${isNew ? "new" : "as it was left"})`,
    `  a stack      npx pulumi config set twilio:endpoint ${url} --stack dev`,
    `  by hand      curl -u ${accountSid}:TOKEN -H 'Host: taskrouter.twilio.com' ${url}/v1/Workspaces`,
    `  requests     curl ${url}/_emulator/requests`,
    ...(sink === undefined ? [] : [`  sink         ${sinkText(sink)}`]),
    `Open ${pageUrl(url)} to look at all of it.`,
  ];
  if (!/^(127\.|localhost$|::1$)/.test(host)) {
    lines.push(`warning: it listens on ${host}: whoever reaches that address can use this account.`);
  }
  return [...lines, "Ctrl-C stops it."].join("\n");
}

/** Who takes what the account sends to programs of the user's own. */
function sinkText({ port, state }: NonNullable<Emulator["sink"]>): string {
  return state === "open"
    ? `http://127.0.0.1:${port} takes what goes to programs of yours (--no-sink leaves the port to them)`
    : `stands back: port ${port} has another program, which gets what the account sends there`;
}

/** Where a browser on this machine opens its page. */
function pageUrl(url: string): string {
  return `${url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")}/`;
}

/** `12:00:01 POST taskrouter.twilio.com/v1/Workspaces 201 CreateWorkspace` */
function exchangeText({ method, host, path, status, operation }: Exchange): string {
  const time = new Date().toTimeString().slice(0, 8);
  return [time, method, `${host}${path}`, status, operation].filter((part) => part !== undefined).join(" ");
}
