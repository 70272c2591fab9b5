import type { Dialogue } from "../ports/dialogue.ts";
import { requireSoundState } from "../state/damage.ts";
import { fileState } from "../state/file-state.ts";
import { restoreState } from "../state/restore.ts";
import { mendSidecars } from "../state/sidecars.ts";
import type { StackSession } from "./stack-session.ts";

/** Takes away what would keep Pulumi from reading the state, and is not needed. */
export function mendState(
  { place, name, journal }: Pick<StackSession, "place" | "name" | "journal">,
  dialogue: Pick<Dialogue, "print">,
): void {
  const state = fileState(place);
  if (!state) return;
  for (const file of mendSidecars(state))
    dialogue.print(`${file} was cut short, and is taken away: the state does not need it.`);
  const restored = restoreState(state, name, journal);
  if (restored)
    dialogue.print(
      `Stack ${name}: its state was cut short while it was written; the copy of ${restored.toISOString()} takes its place, ` +
        "and what was made since is looked up.",
    );
  requireSoundState(state, name);
}
