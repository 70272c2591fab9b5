import * as pulumi from "@pulumi/pulumi";
import { withoutCredentials } from "./credential.ts";

/** One thing wrong with the configuration: the key, what is wrong with its value, and what to set instead. */
export interface Problem {
  /** The key as a user writes it, e.g. `flex-messaging:routing.queues.billing.maxReservedWorkers`. */
  key: string;
  /** What is wrong, with the value, e.g. `is 60`. */
  problem: string;
  /** What to do, e.g. `set a whole number from 1 to 50`. */
  fix: string;
}

/** Every problem of a stack's configuration at once. Pulumi prints its message without a stack trace. */
export class ConfigError extends pulumi.RunError {
  readonly problems: readonly Problem[];

  constructor(stack: string, problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const told = problems.map((one) => ({ ...one, problem: withoutCredentials("", one.problem) }));
    const lines = told.map(({ key, problem, fix }) => `  - ${key} ${problem}; ${fix}.`);
    super(`${count} in the configuration of stack ${stack} (Pulumi.${stack}.yaml):\n${lines.join("\n")}`);
    this.problems = told;
  }
}

/** The candidate closest to `word`, when it is close enough to be a slip of the pen, or the only one that has it as a part. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  if (best !== undefined || word.length < 5) return best?.candidate;
  const longer = candidates.filter((candidate) => candidate.toLowerCase().includes(word.toLowerCase()));
  return longer.length === 1 ? longer[0] : undefined;
}

/** `did you mean x? Known: x, y`, for a name that is not one of `candidates`. */
export function suggest(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "there is none to choose from; declare it first";
  const guess = nearest(word, candidates);
  const known = `known: ${candidates.join(", ")}`;
  return guess === undefined ? `use one that is known (${known})` : `did you mean ${guess}? (${known})`;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
