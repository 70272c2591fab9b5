import type { Migrated, Plan } from "./journey.ts";
import type { Moment, Sent } from "./ledger.ts";

/** The moments in which a cut may lose texts until they are reconciled, and in which texts may come in both ways. */
interface Announced {
  readonly lost: readonly Moment[];
  readonly doubled: readonly Moment[];
}

const changing: readonly Moment[] = ["cutting", "going back", "cutting again"];

/** From the way back on, customers whose conversations are open still hold their pairs. */
const heldPairs: readonly Moment[] = ["going back", "back", "cutting again"];

/** What docs/migration.md announces of a cut. Where no number is called beside its conversation, nothing comes twice. */
export function announced({ cut, numberUrlToo }: Plan): Announced {
  if (cut === "clear-first") return { lost: changing, doubled: numberUrlToo ? heldPairs : [] };
  return { lost: [], doubled: numberUrlToo ? [...changing, ...heldPairs] : [] };
}

/** What is not as it was announced; empty: all of it is. */
export function brokenPromises({ plan, outcome, after, told, problems }: Migrated): string[] {
  const { lost, doubled } = announced(plan);
  const outside = (texts: readonly Sent[], moments: readonly Moment[]) =>
    texts.filter(({ moment }) => !moments.includes(moment)).map(({ body, moment }) => `${body} (${moment})`);
  const [first, replaying, then] = told;
  const broken: [string, readonly unknown[]][] = [
    ["texts lost at another time", outside(outcome.lost, lost)],
    ["texts doubled at another time", outside(outcome.doubled, doubled)],
    ["texts that no agent got a task for", [...outcome.unheard, ...after.unheard].map(({ body }) => body)],
    ["replies that did not arrive once", [...outcome.replies, ...after.replies]],
    ["conversations with several tasks", [...outcome.tasksTwice, ...after.tasksTwice]],
    ["texts lost in the end", after.lost.map(({ body }) => body)],
    ["texts doubled by the replay", outside(after.doubled, doubled)],
    ["found by reconcile, and not lost", differing(first.lost, outcome.lost.length)],
    ["found by reconcile, and not doubled", differing(first.doubled, outcome.doubled.length)],
    ["not known to reconcile", differing(first.unknown + then.unknown, 0)],
    ["replayed", differing(replaying.replayed, outcome.lost.length)],
    ["lost to reconcile in the end", differing(then.lost, 0)],
    ["problems", problems],
  ];
  return broken.flatMap(([what, which]) => (which.length === 0 ? [] : `${what}: ${which.join(", ")}`));
}

function differing(found: number, expected: number): string[] {
  return found === expected ? [] : [`${found}, not ${expected}`];
}
