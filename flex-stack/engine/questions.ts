import { irrevocable } from "../changes/irrevocable.ts";
import type { ResourceChange } from "../changes/resource-change.ts";

/** A question, and the word that says yes to it. */
export interface Question {
  readonly text: string;
  readonly word: string;
}

/**
 * What is asked before a planned update of a real account. What costs money and what can't be had again is named, and a
 * bare yes is not enough for it.
 */
export function updateQuestion(changes: readonly ResourceChange[], stack: string): Question {
  const { buys, loses } = irrevocable(changes);
  const told = [
    ...(buys.length > 0 ? [`It buys ${buys.join(", ")}, which costs money every month.`] : []),
    ...(loses.length > 0 ? [lossText(loses)] : []),
  ];
  const word = loses.length > 0 ? stack : buys.length > 0 ? "buy" : "yes";
  return { text: [`Update stack ${stack}?`, ...told].join(" "), word };
}

/** What is asked before a planned deletion. */
export function deletionQuestion(
  changes: readonly ResourceChange[],
  stack: string,
  local: boolean,
): Question {
  const { loses } = irrevocable(changes);
  const told = loses.length > 0 ? [lossText(loses)] : [];
  return { text: ["This can't be undone.", ...told].join(" "), word: local ? "yes" : stack };
}

function lossText(names: readonly string[]): string {
  return `It gives up ${names.join(", ")}, which may never be had again.`;
}
