import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { readNumbers, status, statusDocument } from "../../flex-stack/migrate/index.ts";
import { findLines, reconcile } from "../../flex-stack/migrate/reconcile/index.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import { durationOf } from "../text/duration.ts";
import type { StatusOptions } from "./options.ts";
import { settling } from "./reconcile-window.ts";
import { reading, show, type Reading } from "./reading.ts";

/** Prints where every number of a stack stands. */
export async function runStatus(options: StatusOptions, context: CommandContext): Promise<number> {
  const { stack, cwd, showContent } = options;
  const format = options.json ? "json" : options.format;
  const ago = agoOf(options);
  const terminal = conversation(context, { json: format !== "text" });
  return runStack({ stack, cwd }, terminal, async (run) => {
    const configured = readNumbers(run.session);
    const { length: total } = configured.numbers;
    const found = await reading(run, { format, total }, ({ account, reads }, progress) =>
      status(
        configured,
        { account, reads },
        {
          since: ago === undefined ? undefined : new Date(account.now() - ago),
          showContent,
          countUnreconciled: (number, since) => countLost(number, since, { account, reads }),
          onNumber: (key) => progress.next(key),
        },
      ),
    );
    await show(
      { document: statusDocument(found, stack), json: { stack, ...found } },
      { format, stack, cwd },
      context,
    );
    return found.unread.length > 0 ? ExitCode.undetermined : ExitCode.ok;
  });
}

/** Texts to a number that are in no conversation of either world. */
async function countLost(
  number: string,
  since: Date,
  { account, reads }: Pick<Reading, "account" | "reads">,
): Promise<number> {
  const lines = await findLines(account, number);
  // Younger ones may still be on their way.
  const window = { number, since, until: new Date(account.now() - settling) };
  return (await reconcile(window, account, reads.place, lines)).counts.lost;
}

function agoOf({ since }: StatusOptions): number | undefined {
  const ago = since === undefined ? undefined : durationOf(since);
  if (since === undefined || (ago !== undefined && ago > settling)) return ago;
  throw new Failure({
    what: "--since must be a time such as 30m, 1h or 2d, more than a minute ago.",
    fix: "Write a number and s, m, h or d, up to 3650d; younger texts may still be on their way.",
    exitCode: ExitCode.usage,
  });
}
