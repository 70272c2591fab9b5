import { baselineKey, Journal, type Begun } from "../../provider/access.ts";
import type { Operation } from "../changes/operation.ts";
import { nameOf } from "../changes/resource-change.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { DeployedResource } from "../state/deployment.ts";
import { missingIn, withMade, type Made } from "../state/with-made.ts";
import { readAgain } from "./look-up.ts";
import { listed } from "./recorded.ts";
import { unrecorded } from "./settle.ts";

/**
 * Records what a run made that was cut short, and that the program no longer declares: no update would come by it, and
 * nobody would take it away.
 *
 * @param changes All that the program declares.
 * @param onward How it goes on.
 * @returns whether the state has more than before
 */
export async function recordUndeclared(
  run: StackRun,
  deployed: readonly DeployedResource[],
  { changes }: Pick<Operation, "changes">,
  onward = "",
): Promise<boolean> {
  const known = new Set(deployed.map(({ urn }) => urn));
  // One that is about to be made, or replaced, is found again by that.
  const comes = new Set(
    changes.filter(({ urn, kind }) => !known.has(urn) || kind === "replace").map(({ urn }) => urn),
  );
  return recordLost(
    run,
    unrecorded(run, deployed).filter((urn) => !comes.has(urn)),
    onward,
  );
}

/** Records what a run made that was cut short, without a program that declares it. */
export async function recordLost(run: StackRun, urns: readonly string[], onward = ""): Promise<boolean> {
  const { session, dialogue } = run;
  const journal = new Journal(session.journal);
  const { all } = journal;
  const made = urns.flatMap((urn): Made[] => {
    const found = madeOf(urn, all.get(urn));
    return found === undefined || journal.wasRecorded(found.id) ? [] : [found];
  });
  const text = made.length > 0 ? await session.exportState() : undefined;
  const missing = text === undefined ? [] : missingIn(text, made);
  const more = text !== undefined && missing.length > 0 ? withMade(text, missing) : undefined;
  const found = missing.map(({ urn }) => urn);
  const unknown = urns.filter((urn) => all.get(urn)?.create && all.get(urn)?.create?.id === undefined);
  const unowned = more === undefined ? missing : [];
  const taken = unowned.filter(({ outputs }) => outputs !== undefined).map(({ urn }) => nameOf(urn));
  if (taken.length > 0) {
    dialogue.print(
      `Stack ${session.name}: an earlier run that was cut short took over ${listed(taken)}, which the program no longer ` +
        "declares: it stays as that run left it. Look at it in the account.",
    );
  }
  const left = [...unknown, ...unowned.flatMap(({ urn, outputs }) => (outputs === undefined ? [urn] : []))];
  if (left.length > 0) {
    dialogue.print(
      `Stack ${session.name}: an earlier run was cut short while it made ${listed(left.map(nameOf))}, which the program ` +
        "no longer declares. If it is in the account, delete it there.",
    );
  }
  if (more === undefined) return false;
  dialogue.print(
    `Stack ${session.name}: an earlier run that was cut short made or took over ${listed(found.map(nameOf))}, which ` +
      `the state lacks and the program does not ask for: it is recorded now.${onward}`,
  );
  await session.importState(more);
  await readAgain(run, found);
  return true;
}

/** What a run is known to have made or taken over. What it took over stays, or is given back, as with any deletion. */
function madeOf(urn: string, { create, takeOver }: Begun = {}): Made | undefined {
  if (create?.id !== undefined) return { urn, id: create.id, inputs: create.inputs };
  if (create !== undefined || takeOver === undefined) return undefined;
  const { id, baseline } = takeOver;
  return { urn, id, inputs: {}, outputs: { adopted: true, [baselineKey]: baseline } };
}
