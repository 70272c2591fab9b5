import type { Operation } from "../changes/operation.ts";
import { fileState } from "../state/file-state.ts";
import type { StackSession } from "../session/stack-session.ts";

/** What a run may come by. */
interface Kind {
  readonly type: string;
  readonly custom: boolean;
}

/**
 * Variables for a run of Pulumi that writes the state when it ends, and not the whole of it before and after each step,
 * which is most of what an update of a thousand resources costs. What a kill leaves then stands in the journal: what was
 * made, taken over, changed and deleted. So it must be all that the run does, and lie where the state lies.
 *
 * @param kinds What is recorded, and what the run is known to come by.
 */
export function checkpointVariables(
  { place, ownProviderAlone }: Pick<StackSession, "place" | "ownProviderAlone">,
  kinds: readonly Kind[],
): Readonly<Record<string, string>> {
  const isNoted = fileState(place) !== undefined && ownProviderAlone && kinds.every(isOwn);
  return isNoted ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {};
}

/** What a run of the engine came by. */
export function kindsOf({ changes }: Pick<Operation, "changes">): Kind[] {
  return changes.map(({ type, remote }) => ({ type, custom: remote }));
}

/** A component is a name in the state and nothing else, as is a provider. */
function isOwn({ type, custom }: Kind): boolean {
  return !custom || /^(twilio:|pulumi:providers:twilio$|pulumi:pulumi:)/.test(type);
}
