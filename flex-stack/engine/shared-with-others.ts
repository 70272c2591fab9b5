import { configValue } from "../project/settings.ts";
import { sharingStacks } from "./sharing-stacks.ts";
import { sharedObjects, sharedText } from "../changes/shared-objects.ts";
import type { Operation } from "../changes/operation.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { StackRun } from "../session/stack-run.ts";

/**
 * Tells what an update would take over although other stacks record it. True where that has to be asked about, which
 * is so for local stacks, too: two stacks that both have an object undo each other's changes.
 *
 * @throws Failure where nobody can answer.
 */
export function tellShared({ session, dialogue }: StackRun, operation: Operation, yes: boolean): boolean {
  const shared = sharedObjects(operation.changes);
  if (shared.length === 0) return false;
  for (const one of shared) {
    dialogue.complain(
      `Stack "${session.name}" would take over what ${stacksText(one.stacks)} of the same backend and account ` +
        `${one.stacks.length === 1 ? "records" : "record"} too: ${sharedText(one)}.`,
    );
  }
  if (yes || dialogue.interactive) return !yes;
  throw new Failure({
    what: `The update of stack "${session.name}" has to be confirmed.`,
    why: "It takes over what another stack records, each would then change it, and there is no terminal to ask on.",
    fix: "Give this stack names or an account of its own, or add --yes if both are to have it.",
    exitCode: ExitCode.usage,
  });
}

/** Milliseconds until a backend that does not answer counts as one that does not say. */
const patience = 20_000;

/**
 * Whether an update must be looked at first although that was to be skipped, and says why: what other stacks record is
 * not taken over unasked.
 */
export async function mustLook({ session, dialogue }: StackRun): Promise<boolean> {
  const ask = async (...words: string[]): Promise<string> => {
    const timer = setTimeout(() => session.pulumi.kill(), patience);
    try {
      return (await session.runPulumi(...words)).stdout;
    } finally {
      clearTimeout(timer);
    }
  };
  const { name: stack, settings, endpoint } = session;
  const accountSid = configValue(settings, "twilio:accountSid") ?? process.env["TWILIO_ACCOUNT_SID"];
  const asking = {
    stack,
    project: settings.project.name,
    ...(accountSid !== undefined && { accountSid }),
    ...(endpoint !== undefined && { endpoint: endpoint.url }),
  };
  const others = await sharingStacks(asking, ask);
  if (others?.length === 0) return false;
  dialogue.print(
    `Stack ${stack}: a preview comes first all the same, ` +
      (others === undefined
        ? "because the backend does not say what its other stacks record. "
        : `because ${stacksText(others)} of the same backend may record things in the same account. `) +
      "What this update takes over from another stack is asked about; --yes leaves that out.",
  );
  return true;
}

function stacksText(stacks: readonly string[]): string {
  return `${stacks.length === 1 ? "stack" : "stacks"} ${stacks.map((name) => `"${name}"`).join(", ")}`;
}
