import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { readNumbers, status, statusDocument } from "../../flex-stack/migrate/index.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import { duration } from "../terminal/duration.ts";
import type { StatusOptions } from "./options.ts";
import { reading, show } from "./reading.ts";

/** Prints where every number of a stack stands. */
export async function runStatus(options: StatusOptions, context: CommandContext): Promise<number> {
  const { stack, cwd, showContent } = options;
  const format = options.json ? "json" : options.format;
  const ago = duration("--since", options.since);
  const terminal = conversation(context, { json: format !== "text" });
  return runStack({ stack, cwd }, terminal, async (run) => {
    const configured = readNumbers(run.session);
    const found = await reading(
      run,
      { format, total: configured.numbers.length },
      ({ account, reads }, progress) =>
        status(
          configured,
          { account, reads },
          {
            since: new Date(account.now() - ago),
            showContent,
            onNumber: (key) => progress.next(key),
          },
        ),
    );
    show({ document: statusDocument(found, stack), json: { stack, ...found } }, format, context);
    return found.unread.length > 0 ? ExitCode.undetermined : ExitCode.ok;
  });
}
