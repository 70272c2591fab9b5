import { createHash } from "node:crypto";
import { join } from "node:path";
import { Journal, type Properties } from "../../provider/access.ts";
import { signatureKey } from "../../provider/marks.ts";
import { shortName } from "../pulumi/stack-name.ts";
import { writtenAt, type PendingOperation } from "./deployment.ts";
import { fileState, type StackPlace } from "./file-state.ts";

/** How long before the state was last written one of its open operations may have begun, in milliseconds. */
export const longest = 600_000;

/** Where the provider notes what it makes: beside the state, or in the project where that is elsewhere. */
export function journalFile(place: StackPlace): string {
  const name = `${place.project}.${shortName(place.stack)}`;
  const state = fileState(place);
  if (state) return join(state.root, ".pulumi", "flex-stack", `${name}.journal`);
  const backend = createHash("sha256").update(`${place.backend} ${place.stack}`).digest("hex").slice(0, 12);
  return join(place.projectFolder, ".local", "journal", `${name}.${backend}.journal`);
}

/** Whether the last update did not do all that the program says: it was cut short, or stopped, it failed, or had targets. */
export function isUnfinished(journal: string): boolean {
  return new Journal(journal).noted;
}

/**
 * Whether the way back to what was begun is known: it is one of the provider's own resources, or a component, which is
 * nothing but a name in the state.
 */
export function isAccountedFor({ type, resource }: PendingOperation): boolean {
  return type !== "creating" || !resource.custom || /^(twilio|pulumi:providers):/.test(resource.type);
}

/**
 * Notes in the journal what the state has as begun, as far as the provider itself did not: a plain `pulumi` notes
 * nothing, and the journal of another machine is not here.
 *
 * @param since When the run began that was cut short, in milliseconds since 1970, where its lock has told.
 */
export function notePending(
  file: string,
  text: string,
  operations: readonly PendingOperation[],
  since?: number,
): void {
  const journal = new Journal(file);
  // What was there before must not count as made by the run: it would be deleted with the stack.
  const mayTakeOver = (inputs: Record<string, unknown>): boolean =>
    since === undefined && inputs["adopt"] === true;
  const time = writtenAt(text);
  const started = since ?? (time === undefined ? Date.now() : Date.parse(time)) - longest;
  for (const { type, resource } of operations) {
    const { urn } = resource;
    if (type !== "creating") journal.begin(urn, { step: "unsure" });
    else if (
      resource.type.startsWith("twilio:") &&
      !journal.complete &&
      journal.begun(urn) === undefined &&
      !mayTakeOver(resource.inputs)
    )
      journal.begin(urn, { step: "create", started, inputs: plainInputs(resource.inputs), guessed: true });
  }
}

/** Inputs without what is secret, in part or as a whole. */
function plainInputs(inputs: Record<string, unknown>): Properties {
  const plain = Object.entries(inputs).filter(
    ([name, value]) => !name.startsWith("__") && !JSON.stringify(value).includes(signatureKey),
  );
  return Object.fromEntries(plain) as Properties;
}
