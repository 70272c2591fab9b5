import { join, relative, resolve } from "node:path";
import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { requireHere } from "../../flex-stack/whereabouts/require-here.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import { runStack } from "../stack/run-stack.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { adoptionText } from "./adopt-text.ts";
import { takeOver } from "./take-over.ts";
import {
  adoptedFolder,
  filesFor,
  look,
  refuseInUse,
  writeFiles,
  type AdoptedFile,
} from "../../flex-stack/adopt/index.ts";
import type { AdoptOptions } from "./options.ts";

/** Reads an account, writes what declares it, and records it in the state; nothing changes at Twilio. */
export async function runAdopt(options: AdoptOptions, { terminal, finish }: CommandContext): Promise<void> {
  const code = await runStack(
    { stack: options.stack, cwd: options.cwd },
    // The printed files are all that is on stdout.
    options.print ? { ...terminal, live: false, print: (text = "") => terminal.complain(text) } : terminal,
    async (run) => {
      requireAnswer(run, options);
      await requireHere(run, (await run.session.deployed()) ?? []);
      run.dialogue.print("Reading the account; nothing but GET is sent.");
      const found = await look(run);
      run.dialogue.print(adoptionText(found.adoption, found));
      const folder = options.output === undefined ? run.session.projectFolder : resolve(options.output);
      const files = filesFor(run.session, found, folder);
      if (!options.print && options.output === undefined) await refuseInUse(run.session, files);
      if (options.print) {
        // In the rest of the stack's file credentials may stand.
        for (const { path, text, own } of files) terminal.print(`# ${path}\n${own ?? text}`);
        return ExitCode.ok;
      }
      const written = await write(run, folder, files, options);
      if (written !== ExitCode.ok || options.output !== undefined) return written;
      if (found.adoption.form === "configuration") return takeOver(run, options);
      run.dialogue.print(howToRecord(run));
      return ExitCode.ok;
    },
  );
  finish(code);
}

/** For a project of its own, which another run records. */
function howToRecord({ session }: StackRun): string {
  const folder = join(session.projectFolder, adoptedFolder(session.name));
  const command = `npx flex-stack up --stack ${session.name} --cwd ${relative(process.cwd(), folder)}`;
  // A project starts a local Twilio of its own where none listens.
  const first = session.local ? "npm run emulator in another terminal, then " : "";
  return `Next: ${first}TWILIO_PROVIDER_READ_ONLY=true ${command}   records it; nothing changes at Twilio`;
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
