import { everyone, isOff, isUnserved, membersOf } from "./queue-members.ts";
import { changed, said, type Phrase, type Statement } from "./statement.ts";
import type { Surroundings } from "./surroundings.ts";
import { expressionText } from "../values/expression-text.ts";

/** Who serves a queue: the expression, and which workers of the stack that adds or takes away. */
export function queueMeaning(
  before: unknown,
  after: unknown,
  surroundings: Surroundings,
): Statement[] | undefined {
  const [from, to] = [before ?? everyone, after ?? everyone];
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  const [old, now] = [expressionText(from), expressionText(to)];
  if (old === now) return [];
  return [
    changed([], "workers who serve it", { before: old }, { after: now }),
    ...workersMoved(from, to, surroundings),
  ];
}

/** Who serves a queue that is new. */
export function queueSummary(targetWorkers: unknown, surroundings: Surroundings): Statement[] {
  const source = targetWorkers ?? everyone;
  if (typeof source !== "string") return [];
  return [
    said(
      "add",
      [],
      isOff(source)
        ? ["new, served by nobody, as ", { code: expressionText(source) }, " says"]
        : ["new, served by workers where ", { code: expressionText(source) }],
    ),
    ...(isOff(source) || !isUnserved(source, surroundings) ? [] : [unserved()]),
  ];
}

function unserved(): Statement {
  return said("consequence", [], ["nobody of the stack's workers serves it"], { danger: true });
}

function workersMoved(from: string, to: string, surroundings: Surroundings): Statement[] {
  const [served, serves] = [membersOf(from, surroundings), membersOf(to, surroundings)];
  if (!served || !serves) return [];
  const left = served.filter((name) => !serves.includes(name));
  const joined = serves.filter((name) => !served.includes(name));
  if (left.length === 0 && joined.length === 0)
    return isOff(to) || !isUnserved(to, surroundings) ? [] : [unserved()];
  const text: Phrase[] = ["of the stack's workers, "];
  if (joined.length > 0)
    text.push({ after: joined.join(", ") }, joined.length === 1 ? " now serves it" : " now serve it");
  if (joined.length > 0 && left.length > 0) text.push(", and ");
  if (left.length > 0)
    text.push({ before: left.join(", ") }, left.length === 1 ? " no longer does" : " no longer do");
  if (serves.length === 0) text.push(": nobody is left");
  return [said("consequence", [], text, { danger: serves.length === 0 && served.length > 0 })];
}
