import { phraseText, type Phrase, type Statement } from "../meaning/index.ts";

/** A statement as what the stack and what the account says: nobody plans this, it was done. */
export function inSides(statement: Statement): Statement {
  return { ...statement, text: sides(statement) };
}

/** The same in one line, with its place. */
export function sidesText(statement: Statement): string {
  const { at } = statement;
  return `${at.length > 0 ? `${at.join(", ")}: ` : ""}${phraseText(sides(statement))}`;
}

function sides({ action, text }: Statement): readonly Phrase[] {
  const last = text.at(-1);
  if (last === undefined) return text;
  if (action === "change" && text.at(-2) === " → ") {
    return [...text.slice(0, -3), "stack says ", text.at(-3) ?? "", ", account says ", last];
  }
  if (action === "add" && isSide(last, "after")) return [...text.slice(0, -1), "only the account has ", last];
  if (action === "remove" && isSide(last, "before"))
    return [...text.slice(0, -1), "only the stack has ", last];
  return text;
}

function isSide(phrase: Phrase, side: "before" | "after"): boolean {
  return typeof phrase === "object" && side in phrase;
}
