import { basename, join, relative, resolve } from "node:path";
import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { stackFile } from "../../flex-stack/project/project.ts";
import { shortName } from "../../flex-stack/pulumi/stack-name.ts";
import { configValue } from "../../flex-stack/project/settings.ts";
import { remoteResources } from "../../flex-stack/state/deployment.ts";
import { requireHere } from "../../flex-stack/whereabouts/require-here.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import { runStack } from "../stack/run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { withAccount } from "../../flex-stack/account/account.ts";
import { adoptionText } from "./adopt-text.ts";
import { takeOver } from "./take-over.ts";
import {
  adoptedFolder,
  adoptionOf,
  definitionFile,
  filesOf,
  readAccount,
  writeFiles,
  type AdoptOptions,
  type AdoptedFile,
  type Adoption,
} from "../../flex-stack/adopt/index.ts";

/** Reads an account, writes what declares it, and records it in the state; nothing changes at Twilio. */
export async function runAdopt(options: AdoptOptions, { terminal, finish }: CommandContext): Promise<void> {
  const code = await runStack(
    { stack: options.stack, cwd: options.cwd },
    // The printed files are all that is on stdout.
    options.print ? { ...terminal, live: false, print: (text = "") => terminal.complain(text) } : terminal,
    async (run) => {
      requireAnswer(run, options);
      await requireHere(run, (await run.session.deployed()) ?? []);
      const { adoption, accountSid, endpoint } = await look(run);
      const { projectFolder } = run.session;
      const folder = options.output === undefined ? projectFolder : resolve(options.output);
      const files = filesOf(adoption, {
        stack: shortName(options.stack),
        accountSid,
        endpoint,
        folder,
        stackFile: basename(stackFile(projectFolder, options.stack)),
        project: projectFolder,
        provider: providerOf(run),
      });
      if (!options.print && options.output === undefined) await refuseInUse(run, files);
      if (options.print) {
        // In the rest of the stack's file credentials may stand.
        for (const { path, text, own } of files) terminal.print(`# ${path}\n${own ?? text}`);
        return ExitCode.ok;
      }
      const written = await write(run, folder, files, options);
      if (written !== ExitCode.ok || options.output !== undefined) return written;
      if (adoption.form === "configuration") return takeOver(run, options);
      run.dialogue.print(howToRecord(run));
      return ExitCode.ok;
    },
  );
  finish(code);
}

/** For a project of its own, which another run records. */
function howToRecord({ session }: StackRun): string {
  const folder = join(session.projectFolder, adoptedFolder(shortName(session.name)));
  const command = `npx flex-stack up --stack ${session.name} --cwd ${relative(process.cwd(), folder)}`;
  // A project starts a local Twilio of its own where none listens.
  const first = session.local ? "npm run emulator in another terminal, then " : "";
  return `Next: ${first}TWILIO_PROVIDER_READ_ONLY=true ${command}   records it; nothing changes at Twilio`;
}

async function look(
  run: StackRun,
): Promise<{ adoption: Adoption; accountSid: string; endpoint: string | undefined }> {
  const { session, dialogue } = run;
  const started = performance.now();
  dialogue.print("Reading the account; nothing but GET is sent.");
  return withAccount(run, async (account) => {
    const found = await readAccount(account);
    const { accountSid, endpoint, calls } = account;
    const adoption = adoptionOf(found, {
      stack: session.name,
      accountSid,
      endpoint,
      // Whoever takes over an account that works wants it to go on working.
      protect: configValue(session.settings, "flex-messaging:protect") !== "false",
      readsConfiguration: projectSetting(run, "config", "flex-messaging:routing") !== undefined,
      definitionFile: definitionFile(shortName(session.name)),
    });
    const milliseconds = performance.now() - started;
    dialogue.print(adoptionText(adoption, { accountSid, calls, milliseconds }));
    return { adoption, accountSid, endpoint };
  });
}

async function write(
  run: StackRun,
  folder: string,
  files: readonly AdoptedFile[],
  { yes }: AdoptOptions,
): Promise<number> {
  const { dialogue } = run;
  if (files.length === 0) {
    dialogue.print("All of it is declared already; no file changes.");
    return ExitCode.ok;
  }
  const shown = files.map(({ path }) => relative(process.cwd(), resolve(folder, path)) || path);
  const replaced = files.flatMap(({ replaces }) => replaces);
  if (replaced.length > 0) dialogue.print(["This replaces:", ...replaced].join("\n  "));
  if (!yes && !(await confirm(run, `Write ${shown.join(", ")}?`))) {
    dialogue.print("Nothing was written.");
    return ExitCode.declined;
  }
  writeFiles(folder, files);
  dialogue.print(`Wrote ${shown.join(", ")}.`);
  return ExitCode.ok;
}

/** A stack that is in use says what it has in its own words; adopting anew would say it in others. */
async function refuseInUse({ session }: StackRun, files: readonly AdoptedFile[]): Promise<void> {
  const replaced = files.flatMap(({ replaces }) => replaces);
  if (replaced.length === 0 || remoteResources((await session.deployed()) ?? []).length === 0) return;
  throw new Failure({
    what: `Stack "${session.name}" is in use, and adopting its account anew would replace ${replaced.join(", ")}.`,
    why: "Its state holds resources under the names that its configuration and program give them.",
    fix:
      `npx flex-stack drift --stack ${session.name} --fix adopt takes over what was changed at Twilio;\n` +
      "--print or --output FOLDER show what would be written.",
    exitCode: ExitCode.usage,
  });
}

/** Where the project has the provider from. */
function providerOf(run: StackRun): string {
  const provider = projectSetting(run, "packages", "twilio");
  return typeof provider === "string" ? provider : "./provider";
}

/** A value of Pulumi.yaml, two keys deep. */
function projectSetting({ session }: StackRun, section: string, key: string): unknown {
  const values: unknown = Reflect.get(session.settings.project, section);
  return typeof values === "object" && values !== null ? (Reflect.get(values, key) as unknown) : undefined;
}

/** Refuses early what would have to ask, where nobody can answer. */
function requireAnswer({ dialogue, session }: StackRun, { yes, print }: AdoptOptions): void {
  if (yes || print || dialogue.interactive) return;
  throw new Failure({
    what: `Adopting the account of stack "${session.name}" has to be confirmed.`,
    why: "It writes files and the stack's state, and there is no terminal to ask on.",
    fix: "Look with --print, then add --yes.",
    exitCode: ExitCode.usage,
  });
}
