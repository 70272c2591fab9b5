import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { Journal, type Properties } from "../../provider/access.ts";
import { fileState, type StackPlace } from "./file-state.ts";

const pendingOperation = z.object({
  type: z.string(),
  resource: z.object({
    urn: z.string(),
    type: z.string(),
    inputs: z.record(z.string(), z.unknown()).default({}),
  }),
});

const exported = z.object({
  deployment: z
    .object({
      manifest: z.object({ time: z.string().optional() }).default({}),
      pending_operations: z
        .array(pendingOperation)
        .nullish()
        .transform((list) => list ?? []),
    })
    .nullish(),
});

/** What Pulumi was doing with a resource when it ended. */
export type PendingOperation = z.infer<typeof pendingOperation>;

/** How long before the state was last written one of its open operations may have begun, in milliseconds. */
const longest = 600_000;

/** The operations that an exported state has as begun and not ended. */
export function pendingOperations(text: string): PendingOperation[] {
  return exported.parse(JSON.parse(text)).deployment?.pending_operations ?? [];
}

/** Where the provider notes what it makes: beside the state, or in the project where that is elsewhere. */
export function journalFile(place: StackPlace): string {
  const name = `${place.project}.${place.stack.split("/").at(-1)}`;
  const state = fileState(place);
  if (state) return join(state.root, ".pulumi", "flex-stack", `${name}.journal`);
  const backend = createHash("sha256").update(`${place.backend} ${place.stack}`).digest("hex").slice(0, 12);
  return join(place.projectFolder, ".local", "journal", `${name}.${backend}.journal`);
}

/** Whether the provider knows the way back to what was begun: it is one of its own resources. */
export function isAccountedFor({ type, resource }: PendingOperation): boolean {
  return type !== "creating" || /^(twilio|pulumi:providers):/.test(resource.type);
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
  const time = exported.parse(JSON.parse(text)).deployment?.manifest.time;
  const started = since ?? (time === undefined ? Date.now() : Date.parse(time)) - longest;
  for (const { type, resource } of operations) {
    const { urn } = resource;
    if (type !== "creating") journal.begin(urn, { step: "unsure" });
    else if (resource.type.startsWith("twilio:") && !journal.complete && journal.begun(urn) === undefined)
      journal.begin(urn, { step: "create", started, inputs: plainInputs(resource.inputs) });
  }
}

/** Inputs without what is secret, in part or as a whole. */
function plainInputs(inputs: Record<string, unknown>): Properties {
  const plain = Object.entries(inputs).filter(
    ([name, value]) => !name.startsWith("__") && !JSON.stringify(value).includes(secretMark),
  );
  return Object.fromEntries(plain) as Properties;
}

/** What Pulumi marks an encrypted value with. */
const secretMark = "4dabf18193072939515e22adb298388d";
