import type { ResourceChange } from "../changes/resource-change.ts";
import type { StackRun } from "../session/stack-run.ts";
import { endingOf } from "./ending.ts";
import { existingOrNew } from "./existing-stack.ts";
import { readOnly } from "./read-only.ts";
import { beginJournal, concludeJournal } from "./settle.ts";
import { runEngine, type EngineOutcome } from "./run-engine.ts";

/** A first update that only records what is at Twilio, before it is done. */
export interface Recording {
  readonly preview: EngineOutcome;
  /** What it would do to a resource that is there otherwise than it is declared, or not at all. */
  readonly surprises: readonly ResourceChange[];
  /** @param expected Resources that it will come by. */
  carryOut(expected: number): Promise<EngineOutcome>;
}

/** Looks whether a first update would find all that the program declares at Twilio as it is. */
export async function recordingOf(run: StackRun): Promise<Recording> {
  const { session } = run;
  await existingOrNew(run);
  // Whoever takes his time with the answer may find another account behind it: the provider itself must not write.
  const env = readOnly;
  // What is there is recorded, whatever the rules would say of a change.
  session.pulumi.extraOptions = [];
  const preview = await runEngine(run, {
    planOnly: true,
    reporter: await run.progress({ json: false, title: "preview", expected: 0 }),
    start: (onEvent) => session.engine.preview({ env, onEvent }),
  });
  return {
    preview,
    surprises: preview.operation.changed.filter((change) => change.remote && !isTakenAsItIs(change)),
    carryOut: async (expected) => {
      // It makes nothing, and the next run has to know: what is there would count as made by this one, were it cut short.
      const began = beginJournal(run);
      const outcome = await runEngine(run, {
        planOnly: false,
        reporter: await run.progress({ json: false, title: "adoption", expected }),
        start: (onEvent) => session.engine.up({ env, onEvent }),
      });
      concludeJournal(run, began, endingOf(run, outcome) === "done");
      return outcome;
    },
  };
}

/** The provider says so of each; of an import Pulumi itself refuses differences. */
function isTakenAsItIs({ kind, notes }: ResourceChange): boolean {
  return kind === "import" || notes.some((note) => /^takes over .* as it is$/.test(note.trim()));
}
