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

function sides(statement: Statement): readonly Phrase[] {
  return told(statement).map((phrase) => {
    if (typeof phrase === "string") return phrase;
    if ("before" in phrase) return { declared: phrase.before };
    return "after" in phrase ? { found: phrase.after } : phrase;
  });
}

function told({ action, text }: Statement): readonly Phrase[] {
  const [from, word, to] = [text.at(-3) ?? "", text.at(-2), text.at(-1) ?? ""];
  if (action === "change" && word === " → ") {
    return [...text.slice(0, -3), "stack says ", from, ", account says ", to];
  }
  if (action === "add" && to === " added" && isSide(word, "after")) {
    return [...text.slice(0, -2), "only the account has ", word];
  }
  if (action === "remove" && to === " removed" && isSide(word, "before")) {
    return [...text.slice(0, -2), "only the stack has ", word];
  }
  return text;
}

function isSide(phrase: Phrase | undefined, side: "before" | "after"): phrase is Exclude<Phrase, string> {
  return typeof phrase === "object" && side in phrase;
}
