import type { StepProgress } from "../progress/step-progress.ts";
import { CleanUp } from "../../flex-stack/diagnose/index.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import {
  check,
  checkDocument,
  checkItems,
  numberNamed,
  planChange,
  readNumbers,
  targetOf,
  heldConcern,
  type Change,
  type CheckOptions,
  type Configured,
  type Move,
  type Numbered,
  type PlannedEdit,
} from "../../flex-stack/migrate/index.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { isProtected } from "../../flex-stack/project/settings.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import { keyOf } from "../../flex-stack/values/property-path.ts";
import { valueText } from "../../flex-stack/values/property-value.ts";
import { runPreview } from "../stack/preview.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { MoveOptions } from "./options.ts";
import { cutOptions, reading, type Reading } from "./reading.ts";

/** Writes the stage beside a number's own into the configuration, and shows what `up` would do for it. */
export async function runMove(move: Move, options: MoveOptions, context: CommandContext): Promise<number> {
  const { stack, cwd, dryRun } = options;
  let written: Change | undefined;
  const code = await runStack({ stack, cwd }, context.terminal, async (run) => {
    const change = await planned(move, options, run);
    if (change === undefined) return ExitCode.notYet;
    tell(change, move, run.dialogue);
    if (dryRun) {
      run.dialogue.print("\nNothing was written (--dry-run).");
      return ExitCode.ok;
    }
    if (!(await agreed(move, change, options, run))) {
      run.dialogue.print("Nothing was written.");
      return ExitCode.declined;
    }
    change.write();
    written = change;
    run.dialogue.print(`\nWrote ${change.file}.\n`);
    return ExitCode.ok;
  });
  if (written === undefined) return code;
  const previewed = await runPreview(previewOptions(options), context);
  context.terminal.print(`\n${whatNext(written, options, previewed)}`);
  return previewed;
}

/** The change, where nothing keeps the number from it; what does is told. */
async function planned(move: Move, options: MoveOptions, run: StackRun): Promise<Change | undefined> {
  const configured = readNumbers(run.session);
  const number = numberNamed(configured, options.number);
  const given = cutOptions(options, number);
  const isProtectedStack = isProtected(run.session.settings);
  const plan = (proxyNames: readonly string[]): Change =>
    planChange(configured, number, move, {
      options: given,
      facts: { isProtected: isProtectedStack, proxyNames },
    });
  // What can't be at all is refused before the account is asked.
  plan([]);
  return reading(run, { format: "text", total: checkItems.length }, async (at, progress) => {
    const isFree =
      move === "back"
        ? await tellHeld(number, at, run)
        : await pass(move, { configured, number, given, options }, at, { run, progress });
    const proxies = at.resources.filter(({ type }) => type === "twilio:proxy:Service");
    return isFree ? plan(proxies.map(({ name }) => name)) : undefined;
  });
}

/** What open conversations cost a number that goes back. */
async function tellHeld(
  number: Numbered,
  { account, reads }: Reading,
  { dialogue }: StackRun,
): Promise<true> {
  if (number.stage !== "cut") return true;
  const { concern, more } = await heldConcern(number.phoneNumber, reads, new CleanUp(account));
  if (concern === undefined) dialogue.print(`No open conversation holds a pair with the number.${more}`);
  else {
    dialogue.print(concern.sentence);
    dialogue.print(`  Fix: ${concern.fix}`);
    for (const line of concern.command?.split("\n") ?? []) dialogue.print(`  Command: ${line}`);
  }
  return true;
}

/** Whether nothing keeps the number from the stage; what was found is told. */
async function pass(
  move: Move,
  of: {
    readonly configured: Configured;
    readonly number: Numbered;
    readonly given: CheckOptions;
    readonly options: MoveOptions;
  },
  { account, reads }: Reading,
  { run: { dialogue }, progress }: { readonly run: StackRun; readonly progress: StepProgress },
): Promise<boolean> {
  const { configured, number, given, options } = of;
  const goal = targetOf(move, number.stage);
  const found = await check(
    configured,
    number,
    { account, reads },
    {
      ...given,
      ...((goal === "prepared" || goal === "cut" || goal === "done") && { goal }),
      onItem: (name) => progress.next(name),
    },
  );
  progress.finish();
  dialogue.print(
    renderDocument(checkDocument(found, options.stack), "text", { terminal: dialogue }).trimEnd(),
  );
  if (found.result !== "not yet") return true;
  // What finishing itself would break is broken for good.
  const isFinal = found.items.some(({ concerns }) => concerns.some(({ blocks }) => blocks === "done"));
  if (options.force === true && !isFinal) return true;
  const anyway = isFinal ? "" : "; --force writes it all the same";
  dialogue.complain(
    `\nNot yet: nothing was written for ${number.key}. Put right what is marked ✗ first${anyway}.`,
  );
  return false;
}

function tell(change: Change, move: Move, dialogue: Dialogue): void {
  dialogue.print(
    `\nFrom ${change.from} to ${change.to}${move === "next" ? ` (${change.cut})` : ""}. In ${change.file}:`,
  );
  for (const edit of change.edits) dialogue.print(`  ${editText(edit, dialogue)}`);
  if (change.leavesChat)
    dialogue.print("\nIt is the last number: what only Chat and Proxy needed goes with it.");
  for (const sentence of change.byHand) dialogue.print(`  By hand: ${sentence}`);
}

function editText({ path, setting, before, value }: PlannedEdit, dialogue: Dialogue): string {
  const shown = (each: unknown) => valueText(each, 100, keyOf(path));
  const from = before === undefined ? undefined : dialogue.style("red", shown(before));
  const to = value === undefined ? undefined : dialogue.style("green", shown(value));
  if (to === undefined) return `${setting}: - ${from ?? ""}`;
  return from === undefined ? `${setting}: + ${to}` : `${setting}: ${from} → ${to}`;
}

async function agreed(move: Move, { file }: Change, { yes }: MoveOptions, run: StackRun): Promise<boolean> {
  if (yes) return true;
  if (!run.dialogue.interactive)
    throw new Failure({
      what: `To write ${file} has to be confirmed.`,
      why: "There is no terminal to ask on.",
      fix: "Add --yes, or --dry-run to look only.",
      exitCode: ExitCode.usage,
    });
  const warning =
    move === "finish"
      ? "\nThere is no way back after up: the Flex Flow is deleted, and Twilio may no longer make one."
      : "";
  return confirm(run, `${warning}\nWrite ${file}?`);
}

function previewOptions({ stack, cwd }: MoveOptions): Parameters<typeof runPreview>[0] {
  return {
    ...{ stack, cwd, format: "text", json: false, policy: true, expectNoChanges: false },
    ...{ refresh: false, target: [] },
  };
}

/** What a person does with the file that was written. */
function whatNext({ file, from, to }: Change, { stack, number }: MoveOptions, previewed: number): string {
  if (previewed !== ExitCode.ok)
    return `${file} is written, and its preview ended with ${previewed}: put that right, or take ${file} back from your version control.`;
  const then = {
    prepared:
      from === "cut"
        ? `Then new texts come in by Proxy again; npx flex-stack migrate reconcile --number ${number} --since 1h --stack ${stack} tells of those in between.`
        : `Then npx flex-stack migrate check --number ${number} --stack ${stack}, and migrate next.`,
    cut: `Then npx flex-stack migrate reconcile --number ${number} --since 1h --stack ${stack} two minutes later; migrate status until no old chat is open; migrate finish.`,
    done: "Then nothing of Chat and Proxy is left of it.",
    legacy: "Then the number is as it was before.",
    custom: "",
  }[to];
  return `Next: have ${file} reviewed and commit it, then npx flex-stack up --stack ${stack} carries it out. ${then}`;
}
