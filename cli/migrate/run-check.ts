import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import {
  check,
  checkDocument,
  checkItems,
  numberNamed,
  readNumbers,
  requireMovable,
} from "../../flex-stack/migrate/index.ts";
import { conversation } from "../stack/conversation.ts";
import { runStack } from "../stack/run-stack.ts";
import type { CommandContext } from "../terminal/command-context.ts";
import type { CheckOptions } from "./options.ts";
import { cutOptions, reading, show } from "./reading.ts";

/** Prints what keeps a number from its next stage. */
export async function runCheck(options: CheckOptions, context: CommandContext): Promise<number> {
  const { stack, cwd } = options;
  const format = options.json ? "json" : options.format;
  const terminal = conversation(context, { json: format !== "text" });
  return runStack({ stack, cwd }, terminal, async (run) => {
    const configured = readNumbers(run.session);
    const number = requireMovable(numberNamed(configured, options.number), stack);
    const given = cutOptions(options, number);
    const found = await reading(run, { format, total: checkItems.length }, ({ account, reads }, progress) =>
      check(
        configured,
        number,
        { account, reads },
        {
          ...given,
          onItem: (name) => progress.next(name),
        },
      ),
    );
    await show(
      { document: checkDocument(found, stack), json: { stack, ...found } },
      { format, stack, cwd },
      context,
    );
    if (found.result === "not yet") return ExitCode.notYet;
    return found.result === "unknown" ? ExitCode.undetermined : ExitCode.ok;
  });
}
